use chassis::config::ServeArgs;
use clap::Parser;

#[derive(Parser)]
struct Cli {
    #[command(flatten)]
    serve: ServeArgs,
}

fn parse(more: &[&str]) -> ServeArgs {
    let needed = [
        "svb",
        "--database-url=sqlite://svb.db",
        "--nats-url=nats://127.0.0.1:4222",
        "--nats-seed-file=/run/secrets/nats",
        "--issuer=https://idp.example/dev",
    ];
    Cli::try_parse_from(needed.iter().chain(more))
        .unwrap()
        .serve
}

#[test]
fn there_is_no_dev_port_without_dev_and_with_it_only_on_the_loopback_address() {
    assert_eq!(parse(&["--dev-port=9000"]).dev_address(), None);
    assert_eq!(
        parse(&["--dev", "--dev-port=9000"]).dev_address(),
        Some("127.0.0.1:9000".parse().unwrap())
    );
}

#[test]
fn what_is_needed_but_absent_is_named_with_its_variable() {
    let error = parse(&[]).master_key().unwrap_err().to_string();
    assert_eq!(error, "--master-key-file (or MASTER_KEY_FILE) is needed");
    let error = parse(&[]).vault_url().unwrap_err().to_string();
    assert_eq!(error, "--vault-url (or VAULT_URL) is needed");
    let error = parse(&[]).account_url().unwrap_err().to_string();
    assert_eq!(error, "--account-url (or ACCOUNT_URL) is needed");
}

#[test]
fn without_a_folder_the_built_in_organisations_are_used() {
    let parties = parse(&[]).parties().unwrap();
    assert_eq!(parties.iter().count(), 11);
}

#[test]
fn a_verifier_needs_no_more_than_the_issuer() {
    assert!(parse(&[]).verifier().is_ok());
    let error = parse(&["--jwks-url=ftp://idp.example"]).verifier();
    assert_eq!(
        error.unwrap_err().to_string(),
        "jwks_url is not an http(s) URL: ftp://idp.example"
    );
}
