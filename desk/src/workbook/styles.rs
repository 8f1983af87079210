//! How cells look. Made once a workbook, so that equal cells share one format.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::messages::Language;

const GREY: Color = Color::RGB(0x00BF_BFBF);
const HEADING: Color = Color::RGB(0x00D9_E2F3);
const BAND: Color = Color::RGB(0x00F5_F7FB);
const RED: Color = Color::RGB(0x00C0_0000);

/// The looks of one kind of row.
pub(super) struct Row {
    pub(super) text: Format,
    pub(super) number: Format,
    pub(super) score: Format,
}

/// Every look of the workbook.
pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) note: Format,
    pub(super) alarm: Format,
    pub(super) section: Format,
    pub(super) heading: Format,
    pub(super) plain: Row,
    pub(super) band: Row,
}

impl Styles {
    pub(super) fn new(language: Language) -> Self {
        let base = Format::new().set_font_name(font(language)).set_font_size(10).set_quote_prefix();
        let wrapped = base.clone().set_text_wrap().set_align(FormatAlign::VerticalCenter);
        let framed = wrapped.clone().set_border(FormatBorder::Thin).set_border_color(GREY);
        Self {
            title: base.clone().set_font_size(16).set_bold().set_align(FormatAlign::VerticalCenter),
            note: wrapped.clone(),
            alarm: wrapped.clone().set_font_size(14).set_bold().set_font_color(RED),
            section: base.clone().set_font_size(12).set_bold().set_align(FormatAlign::Bottom),
            heading: framed.clone().set_bold().set_align(FormatAlign::Center).set_background_color(HEADING),
            plain: row(&framed),
            band: row(&framed.clone().set_background_color(BAND)),
        }
    }
}

fn row(framed: &Format) -> Row {
    // centred, so that a number never leans on the text of the next cell
    let number = framed.clone().set_align(FormatAlign::Center);
    Row {
        text: framed.clone(),
        number: number.clone().set_num_format("0"),
        score: number.set_num_format("0.00"),
    }
}

/// A font that the offices' machines have; where one lacks it, the program falls back on its own.
const fn font(language: Language) -> &'static str {
    match language {
        Language::Zh => "宋体",
        Language::En => "Arial",
    }
}
