//! A theme that an organisation mounts: custom properties and nothing else, so that it can change
//! how the screens look and nothing of what they say or load.

/// Why a theme is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ThemeError {
    /// A line is no `--name: value;`.
    #[error("line {0} of the theme is not `--name: value;`")]
    Line(usize),
    /// A value could load or hide something.
    #[error("the value in line {0} of the theme has a character or a function that is not allowed")]
    Value(usize),
}

/// A theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme(String);

impl Theme {
    /// Reads a theme: a line per custom property, empty lines and lines of comment (`/* … */`).
    ///
    /// # Errors
    /// [`ThemeError`] about the first line that is something else.
    pub fn parse(text: &str) -> Result<Self, ThemeError> {
        let mut css = String::from(".db-page {\n");
        for (index, line) in text.lines().enumerate() {
            let (number, line) = (index + 1, line.trim());
            if line.is_empty() || (line.starts_with("/*") && line.ends_with("*/")) {
                continue;
            }
            let property = line.strip_suffix(';').and_then(|line| line.split_once(':'));
            let (name, value) = property.ok_or(ThemeError::Line(number))?;
            let (name, value) = (name.trim(), value.trim());
            let named = name.strip_prefix("--").is_some_and(|rest| !rest.is_empty());
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            if !named || !name.chars().all(plain) {
                return Err(ThemeError::Line(number));
            }
            let allowed = |c: char| plain(c) || " #.,%()'\"/+*".contains(c);
            let function = ["url(", "image(", "image-set(", "src(", "/*", "*/"];
            let lower = value.to_ascii_lowercase();
            let loads = function.iter().any(|one| lower.contains(one));
            if value.is_empty() || !value.chars().all(allowed) || loads {
                return Err(ThemeError::Value(number));
            }
            css.push_str(&format!("  {name}: {value};\n"));
        }
        css.push_str("}\n");
        Ok(Self(css))
    }

    /// The stylesheet.
    pub fn css(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_sets_custom_properties_and_nothing_else() {
        let theme =
            Theme::parse("/* Utrecht */\n--db-brand: #cc0000;\n\n--db-font: 'Noto', serif;\n");
        assert_eq!(
            theme.unwrap().css(),
            ".db-page {\n  --db-brand: #cc0000;\n  --db-font: 'Noto', serif;\n}\n"
        );
        for (text, error) in [
            ("body { display: none }", ThemeError::Line(1)),
            ("color: red;", ThemeError::Line(1)),
            ("--a: red", ThemeError::Line(1)),
            (
                "--a: url(https://elsewhere.example/x);",
                ThemeError::Value(1),
            ),
            ("\n--a: red; } body { color: red;", ThemeError::Value(2)),
            ("--a: \\75rl(x);", ThemeError::Value(1)),
            ("--a: ;", ThemeError::Value(1)),
        ] {
            assert_eq!(Theme::parse(text), Err(error), "{text}");
        }
    }
}
