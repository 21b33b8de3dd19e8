//! An sRGB colour profile, made from the figures of IEC 61966-2-1: PDF/A wants one to say what
//! device colours mean.

/// Matrix columns of sRGB adapted to D50, and the white, as 16.16 fixed point.
const RED: [i32; 3] = [0x6FA2, 0x38F5, 0x0390];
const GREEN: [i32; 3] = [0x6299, 0xB785, 0x18DA];
const BLUE: [i32; 3] = [0x24A0, 0x0F84, 0xB6CF];
const WHITE: [i32; 3] = [0xF6D6, 0x1_0000, 0xD32D];
/// Bradford adaptation from D65 to D50.
const ADAPTATION: [i32; 9] = [
    68_674, 1_502, -3_290, 1_939, 64_912, -1_118, -605, 988, 49_262,
];
/// Transfer curve: gamma 2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045.
const CURVE: [i32; 5] = [157_286, 62_119, 3_417, 5_072, 2_651];

fn fixed(out: &mut Vec<u8>, values: &[i32]) {
    for value in values {
        out.extend_from_slice(&value.to_be_bytes());
    }
}

fn xyz(values: [i32; 3]) -> Vec<u8> {
    let mut tag = b"XYZ \0\0\0\0".to_vec();
    fixed(&mut tag, &values);
    tag
}

fn words(text: &str) -> Vec<u8> {
    let mut tag = b"mluc\0\0\0\0".to_vec();
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let length = i32::try_from(units.len()).expect("BUG: a short text");
    fixed(&mut tag, &[1, 12]);
    tag.extend_from_slice(b"enUS");
    fixed(&mut tag, &[length, 28]);
    tag.extend_from_slice(&units);
    tag
}

fn curve() -> Vec<u8> {
    let mut tag = b"para\0\0\0\0\0\x03\0\0".to_vec();
    fixed(&mut tag, &CURVE);
    tag
}

fn adaptation() -> Vec<u8> {
    let mut tag = b"sf32\0\0\0\0".to_vec();
    fixed(&mut tag, &ADAPTATION);
    tag
}

/// The profile: ICC version 4.2, display class, RGB to XYZ.
pub(super) fn srgb() -> Vec<u8> {
    let tags: [(&[u8; 4], Vec<u8>); 10] = [
        (b"desc", words("sRGB")),
        (b"cprt", words("No copyright, use freely")),
        (b"wtpt", xyz(WHITE)),
        (b"chad", adaptation()),
        (b"rXYZ", xyz(RED)),
        (b"gXYZ", xyz(GREEN)),
        (b"bXYZ", xyz(BLUE)),
        (b"rTRC", curve()),
        (b"gTRC", curve()),
        (b"bTRC", curve()),
    ];
    let mut table = Vec::new();
    let mut body = Vec::new();
    let start = 128 + 4 + 12 * tags.len();
    fixed(
        &mut table,
        &[i32::try_from(tags.len()).expect("BUG: ten tags")],
    );
    for (name, data) in &tags {
        let offset = i32::try_from(start + body.len()).expect("BUG: a small profile");
        let length = i32::try_from(data.len()).expect("BUG: a small profile");
        table.extend_from_slice(*name);
        fixed(&mut table, &[offset, length]);
        body.extend_from_slice(data);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    let size = i32::try_from(start + body.len()).expect("BUG: a small profile");
    let mut profile = Vec::new();
    fixed(&mut profile, &[size, 0, 0x0420_0000]);
    profile.extend_from_slice(b"mntrRGB XYZ ");
    profile.extend_from_slice(&[0x07, 0xEA, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
    profile.extend_from_slice(b"acsp");
    profile.resize(68, 0);
    fixed(&mut profile, &WHITE);
    profile.resize(128, 0);
    profile.extend_from_slice(&table);
    profile.extend_from_slice(&body);
    profile
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_says_its_own_length_and_its_white_is_the_sum_of_its_colours() {
        let profile = srgb();
        let size = u32::from_be_bytes(profile[..4].try_into().expect("four bytes"));
        assert_eq!(usize::try_from(size).expect("small"), profile.len());
        for axis in 0..3 {
            let sum = RED[axis] + GREEN[axis] + BLUE[axis];
            assert!(
                (sum - WHITE[axis]).abs() <= 16,
                "axis {axis}: {sum} {}",
                WHITE[axis]
            );
        }
    }
}
