//! The metadata packet that PDF/A demands, in agreement with the document information.

use domain::time::Moment;

use crate::emit::Meta;

/// The packet; uncompressed in the file so that tools without a PDF reader find it.
pub(super) fn packet(meta: &Meta, producer: &str) -> String {
    let date = meta.created.format("%Y-%m-%dT%H:%M:%S%:z");
    format!(
        concat!(
            "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n",
            "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n",
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n",
            "<rdf:Description rdf:about=\"\"",
            " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"",
            " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"",
            " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"",
            " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n",
            "<pdfaid:part>2</pdfaid:part>\n",
            "<pdfaid:conformance>B</pdfaid:conformance>\n",
            "<dc:format>application/pdf</dc:format>\n",
            "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n",
            "<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n",
            "<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>\n",
            "<xmp:CreatorTool>Taizhang</xmp:CreatorTool>\n",
            "<xmp:CreateDate>{date}</xmp:CreateDate>\n",
            "<xmp:ModifyDate>{date}</xmp:ModifyDate>\n",
            "<pdf:Producer>{producer}</pdf:Producer>\n",
            "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>"
        ),
        title = escaped(&meta.title),
        author = escaped(&meta.author),
        date = date,
        producer = escaped(producer),
    )
}

/// A moment as the document information writes it: `D:20261121090500+08'00'`.
pub(super) fn pdf_date(moment: &Moment) -> String {
    let offset = moment.format("%:z").to_string().replace(':', "'");
    format!("D:{}{offset}'", moment.format("%Y%m%d%H%M%S"))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other if other.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_markup_are_written_as_pdf_and_xml_want_them() {
        let created = domain::time::parse_moment("2026-11-21T09:05:00+08:00").expect("a moment");
        assert_eq!(pdf_date(&created), "D:20261121090500+08'00'");
        let meta = Meta {
            title: "甲&乙<丙>".into(),
            author: "丁".into(),
            created,
        };
        assert!(packet(&meta, "T").contains("甲&amp;乙&lt;丙&gt;"));
    }
}
