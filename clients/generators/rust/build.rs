//! Generates the client from the document that ONRECORD_OPENAPI_3_0 names.

use std::path::PathBuf;

fn main() {
    println!("cargo::rerun-if-env-changed=ONRECORD_OPENAPI_3_0");
    let document =
        std::env::var("ONRECORD_OPENAPI_3_0").expect("ONRECORD_OPENAPI_3_0 names the document");
    println!("cargo::rerun-if-changed={document}");
    let document = std::fs::read_to_string(document).expect("the document can be read");
    let document = serde_json::from_str(&document).expect("the document is OpenAPI 3.0");
    let mut settings = progenitor::GenerationSettings::new();
    settings.with_interface(progenitor::InterfaceStyle::Builder);
    let tokens = progenitor::Generator::new(&settings)
        .generate_tokens(&document)
        .expect("progenitor understands the document");
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo says where to write"));
    std::fs::write(folder.join("client.rs"), tokens.to_string())
        .expect("the client can be written");
}
