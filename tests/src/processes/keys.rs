//! The keys of a world of processes.

use std::collections::BTreeMap;
use std::path::Path;

use chassis::entropy::Entropy;
use chassis::parties::{Parties, PartyKeys};
use demo::services::PartyService;
use nkeys::KeyPair;
use proto::sealed::ReceiverKeys;
use transparency::note::Signer;

use super::PLATFORM;

/// Keys of everybody, written where the settings expect them.
pub(super) struct Keys {
    /// The platform's public nkey.
    pub(super) platform: String,
    /// The public nkey of every party with a service.
    pub(super) parties: Vec<(proto::Oin, String)>,
}

impl Keys {
    /// Makes all of them in `folder`.
    pub(super) fn make(folder: &Path, entropy: &Entropy) -> Self {
        let write = |name: String, text: &str| {
            std::fs::write(folder.join(name), text).expect("the folder can be written");
        };
        let organisations = Parties::embedded().expect("the party files are valid");
        let mut public: BTreeMap<String, PartyKeys> = BTreeMap::new();
        let mut parties = Vec::new();
        for service in PartyService::ALL {
            let user = KeyPair::new_user();
            let receiver = ReceiverKeys::generate(&mut entropy.rng());
            write(
                format!("{service}.nkey"),
                &user.seed().expect("a new key has a seed"),
            );
            write(format!("{service}.sealing"), &receiver.secret());
            let party = organisations
                .named(service.organisation())
                .expect("it is listed");
            parties.push((party.oin.clone(), user.public_key()));
            let keys = PartyKeys {
                public_key: Some(receiver.public_key()),
                nkey: Some(user.public_key()),
                checkpoint_key: None,
            };
            public.insert(service.organisation().to_owned(), keys);
        }
        let platform = KeyPair::new_user();
        write(
            format!("{PLATFORM}.nkey"),
            &platform.seed().expect("a new key has a seed"),
        );
        let checkpoint: [u8; 32] = entropy.bytes();
        write("checkpoint.key".to_owned(), &hex(&checkpoint));
        let listed = organisations.platform().expect("it is listed");
        let keys = PartyKeys {
            checkpoint_key: Some(log_key(listed.oin.as_str(), &checkpoint)),
            ..PartyKeys::default()
        };
        public.insert(listed.name.clone(), keys);
        write(
            "keys.toml".to_owned(),
            &toml::to_string(&public).expect("keys are plain text"),
        );
        let masters = PartyService::ALL.map(|service| format!("{service}.master"));
        let own = [
            format!("{PLATFORM}.master"),
            "pseudonym.key".to_owned(),
            "session.key".to_owned(),
        ];
        for name in masters.into_iter().chain(own) {
            let bytes: [u8; 32] = entropy.bytes();
            write(name, &hex(&bytes));
        }
        Self {
            platform: platform.public_key(),
            parties,
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The public half of the key that signs checkpoints of a platform's log.
pub fn log_key(platform: &str, secret: &[u8; 32]) -> String {
    let origin = transparency::origin_of(platform);
    let signer = Signer::new(&origin, secret).expect("any 32 bytes are a key");
    let verifier = signer.verifier().expect("a signer has a public key");
    verifier.public_key()
}
