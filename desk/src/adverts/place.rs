//! Places as adverts write them: `省·市·县` with a middle dot, or an address in one piece.

use super::text::{patterns, tight};
use super::{Finding, Reading};

/// The parts of a stated place. A part that is not stated is empty; nothing is filled in from elsewhere,
/// except that a municipality is its own city.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Province, autonomous region, municipality, or the Xinjiang Corps.
    pub province: String,
    /// Prefecture, or division of the Corps.
    pub city: String,
    /// County, district, county-level city, or a development zone that stands as one.
    pub county: String,
    /// Township, town or subdistrict.
    pub township: String,
    /// What follows: street, house, village.
    pub rest: String,
}

/// The four municipalities: province and city in one (Constitution, article 30).
const MUNICIPALITIES: [&str; 4] = ["北京", "天津", "上海", "重庆"];

patterns! {
    SEPARATOR = r"\s*[·•・/>|,、]\s*|\s*-\s*|\s+";
    PROVINCE = r"^.{2,8}(?:省|自治区|兵团|特别行政区)$|^(?:北京|天津|上海|重庆)市?$";
    CITY = r"^.{1,12}(?:市|自治州|州|盟|地区|师)$";
    COUNTY = r"^.{1,16}(?:县|区|旗|市|林场|开发区|园区)$";
    TOWNSHIP = r"^.{1,12}(?:镇|乡|街道|街道办事处|办事处|苏木|团场|团)$";
    FILLER = r"^(?:市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划|直辖县)$";
    ADDRESS = concat!(
        r"^(?P<province>(?:北京|天津|上海|重庆)市|新疆生产建设兵团|[^市县区]{2,6}?(?:省|自治区))?",
        r"(?P<city>[^省市县区]{2,12}?(?:自治州|地区|盟|市))?",
        r"(?P<county>浦东新区|.{1,14}?(?:自治县|新区|开发区|高新区|县|区|旗|市))?",
        r"(?P<township>[^路号弄]{1,8}?(?:街道|镇|乡))?(?P<rest>.*)$",
    );
}

/// Reads a place. A part that is no administrative unit (`河南省·郑州铁路局`) is a finding.
///
/// ```
/// use anzhi_desk::adverts::place;
///
/// let place = place::read("广东省·东莞市·大岭山镇").value;
/// assert_eq!((place.city.as_str(), place.county.as_str(), place.township.as_str()), ("东莞市", "", "大岭山镇"));
/// ```
pub fn read(text: &str) -> Reading<Place> {
    let plain = super::text::plain(text);
    if plain.is_empty() {
        return Reading::default();
    }
    let parts: Vec<&str> = SEPARATOR.split(&plain).filter(|part| !part.is_empty()).collect();
    let units = parts.len() > 1 && parts.iter().all(|part| is_unit(part) || FILLER.is_match(part));
    let dotted = plain.contains(['·', '•', '・']);
    let mut reading = if dotted || units { listed(&parts) } else { address(&tight(&plain)) };
    let place = &mut reading.value;
    if MUNICIPALITIES.iter().any(|name| place.province.strip_suffix('市').unwrap_or(&place.province) == *name)
    {
        place.city.clone_from(&place.province);
    }
    reading
}

fn is_unit(part: &str) -> bool {
    PROVINCE.is_match(part) || CITY.is_match(part) || COUNTY.is_match(part) || TOWNSHIP.is_match(part)
}

/// Parts that are already cut. Each goes to the first level that it may be and that is still open.
fn listed(parts: &[&str]) -> Reading<Place> {
    let mut reading = Reading::<Place>::default();
    for part in parts {
        let place = &mut reading.value;
        let empty_below = place.county.is_empty() && place.township.is_empty();
        if FILLER.is_match(part) {
        } else if PROVINCE.is_match(part) && place.province.is_empty() && place.city.is_empty() && empty_below
        {
            (*part).clone_into(&mut place.province);
        } else if *part == place.province {
            (*part).clone_into(&mut place.city); // a municipality repeats its name
        } else if CITY.is_match(part) && place.city.is_empty() && empty_below {
            (*part).clone_into(&mut place.city);
        } else if COUNTY.is_match(part) && empty_below {
            (*part).clone_into(&mut place.county);
        } else if TOWNSHIP.is_match(part) && place.township.is_empty() {
            (*part).clone_into(&mut place.township);
        } else {
            place.rest.push_str(part);
            if place.county.is_empty() && place.township.is_empty() {
                reading.note(Finding::NotAPlace);
            }
        }
    }
    reading
}

/// An address in one piece, cut at the shortest units: a proposal, so it carries a finding where there was
/// something to cut.
fn address(text: &str) -> Reading<Place> {
    let Some(parts) = ADDRESS.captures(text) else {
        return Reading::with(Place::default(), Finding::NotAPlace);
    };
    let part = |name| parts.name(name).map_or_else(String::new, |part| part.as_str().to_owned());
    let place = Place {
        province: part("province"),
        city: part("city"),
        county: part("county"),
        township: part("township"),
        rest: part("rest"),
    };
    let nothing = place.province.is_empty() && place.city.is_empty() && place.county.is_empty();
    let counted = text.starts_with(|letter: char| letter.is_ascii_digit());
    if nothing || counted {
        return Reading::with(Place { rest: text.to_owned(), ..Place::default() }, Finding::NotAPlace);
    }
    let units = [&place.province, &place.city, &place.county, &place.township, &place.rest];
    if units.into_iter().filter(|unit| !unit.is_empty()).count() == 1 {
        return Reading::clean(place);
    }
    Reading::with(place, Finding::AddressCut)
}

#[cfg(test)]
mod tests {
    use super::{Finding, read};

    fn parts(text: &str) -> [String; 4] {
        let place = read(text).value;
        [place.province, place.city, place.county, place.township]
    }

    #[test]
    fn forms_of_the_real_adverts() {
        for (text, expected) in [
            ("", ["", "", "", ""]),
            ("湖北省", ["湖北省", "", "", ""]),
            ("湖南省·怀化市·辰溪县", ["湖南省", "怀化市", "辰溪县", ""]),
            ("上海市·上海市·嘉定区", ["上海市", "上海市", "嘉定区", ""]),
            ("天津市·市辖区·蓟州区", ["天津市", "天津市", "蓟州区", ""]),
            ("重庆市·县·垫江县", ["重庆市", "重庆市", "垫江县", ""]),
            ("新疆生产建设兵团·第九师·白杨市", ["新疆生产建设兵团", "第九师", "白杨市", ""]),
            ("河南省·济源市·沁园街道", ["河南省", "济源市", "", "沁园街道"]),
            ("海南省·儋州市", ["海南省", "儋州市", "", ""]),
            ("安徽省·合肥市·合经区", ["安徽省", "合肥市", "合经区", ""]),
            ("河北省 唐山市 玉田县 玉田镇", ["河北省", "唐山市", "玉田县", "玉田镇"]),
            ("上海市青浦区华新镇新凤中路1号", ["上海市", "上海市", "青浦区", "华新镇"]),
            ("上海市浦东新区峨山路487号", ["上海市", "上海市", "浦东新区", ""]),
            ("山东省济南市市中区", ["山东省", "济南市", "市中区", ""]),
            ("新晃侗族自治县", ["", "", "新晃侗族自治县", ""]),
        ] {
            assert_eq!(parts(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_place_is_a_finding() {
        assert_eq!(read("河南省·郑州铁路局").findings, [Finding::NotAPlace]);
        assert_eq!(read("各门店").findings, [Finding::NotAPlace]);
        assert_eq!(read("上海市嘉定区嘉新公路88号").findings, [Finding::AddressCut]);
        assert_eq!(read("湖南省·怀化市·辰溪县").findings, []);
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*", near in "(湖南|上海|省|市|县|区|镇|·|路|[0-9])*") {
            let _ = (read(&text), read(&near));
        }
    }
}
