//! How a form is written down: its fields and what must not be missing.

/// A form with these fields, an organ among them, and the elements that it must hold; with a field `part` where its kind has several papers.
macro_rules! form {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* } missing |$it:ident| $missing:expr; words $words:expr; part $part:ty) => {
        form! { @ $(#[$doc])* $name { $($(#[$field_doc])* $field: $kind,)* } [
            /// Which of the kind's papers it is.
            pub part: $part,
        ] missing |$it| $missing; words $words; {
            fn part(&self) -> Option<crate::form::PartOf> {
                Some(crate::form::Part::this(self.part))
            }

            fn parts() -> Vec<crate::form::PartOf> {
                <$part as crate::form::Part>::all()
            }
        } }
    };
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* } missing |$it:ident| $missing:expr; part $part:ty) => {
        form! { $(#[$doc])* $name { $($(#[$field_doc])* $field: $kind,)* } missing |$it| $missing; words |_| Vec::new(); part $part }
    };
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* } missing |$it:ident| $missing:expr; words $words:expr) => {
        form! { @ $(#[$doc])* $name { $($(#[$field_doc])* $field: $kind,)* } [] missing |$it| $missing; words $words; {} }
    };
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* } missing |$it:ident| $missing:expr) => {
        form! { @ $(#[$doc])* $name { $($(#[$field_doc])* $field: $kind,)* } [] missing |$it| $missing; words |_| Vec::new(); {} }
    };
    (@ $(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* } [$($part:tt)*] missing |$it:ident| $missing:expr; words $words:expr; { $($more:tt)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $($part)*
            /// The organ.
            pub organ: crate::form::block::Organ,
            $($(#[$field_doc])* pub $field: $kind,)*
        }

        impl crate::form::Form for $name {
            fn missing(&self) -> Vec<crate::form::Missing> {
                let $it = self;
                $missing.organ(&self.organ).end()
            }

            fn words(&self) -> serde_json::Map<String, serde_json::Value> {
                let words: fn(&Self) -> Vec<(&'static str, Vec<String>)> = $words;
                words(self).into_iter().map(|(name, said)| (name.to_owned(), said.into())).collect()
            }

            fn organ(&self) -> &crate::form::block::Organ {
                &self.organ
            }

            $($more)*
        }
    };
}
pub(crate) use form;
