//! Programs that look at PDFs from outside, and the comparison of pictures.

#![allow(dead_code, reason = "each test file uses a part")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use image::GrayImage;

/// Where goldens are kept.
pub(crate) fn goldens() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/golden")
}

/// Whether goldens are to be written instead of compared: `TAIZHANG_GOLDENS=update`.
pub(crate) fn updating() -> bool {
    std::env::var("TAIZHANG_GOLDENS").is_ok_and(|value| value == "update")
}

/// Runs a program; a missing one fails the test and says what to install.
pub(crate) fn run(program: &str, package: &str, arguments: &[&str]) -> Output {
    Command::new(program)
        .args(arguments)
        .output()
        .unwrap_or_else(|error| {
            panic!("`{program}` is needed for this test ({error}): apt-get install {package}")
        })
}

/// What a program prints; it must end well.
pub(crate) fn says(program: &str, package: &str, arguments: &[&str]) -> String {
    let output = run(program, package, arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A PDF on disk for the programs to read.
pub(crate) struct File {
    folder: tempfile::TempDir,
    path: PathBuf,
}

impl File {
    pub(crate) fn of(pdf: &[u8]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("paper.pdf");
        std::fs::write(&path, pdf).expect("written");
        Self { folder, path }
    }

    pub(crate) fn path(&self) -> &str {
        self.path.to_str().expect("a plain path")
    }

    /// The text in the order of the content stream, without blanks.
    pub(crate) fn text(&self) -> String {
        let text = says("pdftotext", "poppler-utils", &["-raw", self.path(), "-"]);
        text.chars().filter(|c| !c.is_whitespace()).collect()
    }

    /// A page as a small grey picture.
    pub(crate) fn picture(&self, page: usize) -> GrayImage {
        let page = page.to_string();
        let root = self.folder.path().join("page");
        let root = root.to_str().expect("a plain path");
        let arguments = [
            "-r",
            "40",
            "-gray",
            "-png",
            "-singlefile",
            "-f",
            &page,
            "-l",
            &page,
            self.path(),
            root,
        ];
        says("pdftoppm", "poppler-utils", &arguments);
        image::open(format!("{root}.png"))
            .expect("a picture")
            .to_luma8()
    }
}

/// Share of points, in thousandths, whose surroundings differ visibly.
///
/// Both pictures are averaged over 4 × 4 points first, so that another version of the renderer
/// with other smoothing does not count, but a moved line or a missing word does.
pub(crate) fn difference(left: &GrayImage, right: &GrayImage) -> u32 {
    if left.dimensions() != right.dimensions() {
        return 1000;
    }
    let (left, right) = (coarse(left), coarse(right));
    let differing = left
        .pixels()
        .zip(right.pixels())
        .filter(|(one, other)| one.0[0].abs_diff(other.0[0]) > 24)
        .count();
    let all = left.width() * left.height();
    u32::try_from(differing).expect("a small picture") * 1000 / all
}

fn coarse(picture: &GrayImage) -> GrayImage {
    let (width, height) = (picture.width() / 4, picture.height() / 4);
    image::imageops::resize(
        picture,
        width,
        height,
        image::imageops::FilterType::Triangle,
    )
}
