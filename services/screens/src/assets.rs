//! Files that pages need, compiled in.

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// A file that pages load. Its name changes with its content, so that it can be kept for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asset {
    /// Its name, as in its address `/assets/<name>`.
    pub name: &'static str,
    /// Its media type.
    pub content_type: &'static str,
    /// What stands in it.
    pub bytes: &'static [u8],
}

/// The file of this name.
pub fn asset(name: &str) -> Option<Asset> {
    FILES.iter().find(|file| file.name == name).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_names_is_there() {
        for address in [STYLE, PLAIN_STYLE, ICON].into_iter().chain(SCRIPT) {
            let name = address.strip_prefix("/assets/").unwrap();
            assert!(!asset(name).unwrap().bytes.is_empty(), "{name}");
        }
        assert_eq!(asset("../Cargo.toml"), None);
    }

    #[test]
    fn the_style_loads_nothing_from_elsewhere() {
        let style = asset(STYLE.strip_prefix("/assets/").unwrap()).unwrap();
        let css = std::str::from_utf8(style.bytes).unwrap();
        for (at, _) in css.match_indices("url(") {
            assert!(
                css[at..].starts_with("url(/assets/"),
                "{}",
                &css[at..at + 40]
            );
        }
        assert!(!css.contains("@import"));
    }
}
