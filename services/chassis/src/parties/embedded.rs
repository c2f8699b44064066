//! The organisations of `deploy/parties`, built in, so that the program needs no working folder.

/// One file of the folder, by its name.
macro_rules! embed {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../../../deploy/parties/", $name, ".toml")),
        )
    };
}

/// Name and text of each file. A test compares this list with the folder.
pub(super) const FILES: &[(&str, &str)] = &[
    embed!("de-friesland"),
    embed!("doorbraak"),
    embed!("leeuwarden"),
    embed!("national-desk"),
    embed!("national-table"),
    embed!("spirit"),
    embed!("svb"),
    embed!("tax-office"),
    embed!("utrecht"),
    embed!("woonstichting"),
    embed!("youth-expert-team"),
];
