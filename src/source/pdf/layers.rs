//! Layers (optional content, ISO 32000-1, 8.11): which of them are not shown.

use hayro_syntax::object::{Array, Dict, Name, ObjRef, ObjectIdentifier};
use std::collections::HashSet;

/// The layers that are not shown when the document is opened.
#[derive(Debug, Default)]
pub struct Layers {
    off: HashSet<ObjectIdentifier>,
}

impl Layers {
    /// Those of a document's catalog.
    pub fn of(catalog: Option<&Dict<'_>>) -> Self {
        let mut off = HashSet::new();
        let properties = catalog.and_then(|catalog| catalog.get::<Dict<'_>>("OCProperties"));
        let Some(properties) = properties else { return Self::default() };
        let Some(config) = properties.get::<Dict<'_>>("D") else { return Self::default() };
        let layers = |dict: &Dict<'_>, key: &str| -> Vec<ObjectIdentifier> {
            let array = dict.get::<Array<'_>>(key);
            array
                .map(|array| array.raw_iter().filter_map(|item| item.as_obj_ref()).map(Into::into).collect())
                .unwrap_or_default()
        };
        if config.get::<Name<'_>>("BaseState").as_deref() == Some(b"OFF") {
            off.extend(layers(&properties, "OCGs"));
        }
        for shown in layers(&config, "ON") {
            off.remove(&shown);
        }
        off.extend(layers(&config, "OFF"));
        Self { off }
    }

    /// Whether what belongs to a layer, or to several, is not shown.
    pub fn hides(&self, layer: Option<&Dict<'_>>, named: Option<ObjRef>) -> bool {
        if self.off.is_empty() {
            return false;
        }
        let members: Vec<ObjectIdentifier> = match layer.and_then(|layer| layer.get::<Array<'_>>("OCGs")) {
            Some(array) => array.raw_iter().filter_map(|item| item.as_obj_ref()).map(Into::into).collect(),
            None => layer.and_then(|layer| layer.get_ref("OCGs")).or(named).map(Into::into).into_iter().collect(),
        };
        let off = members.iter().filter(|layer| self.off.contains(layer)).count();
        let policy = layer.and_then(|layer| layer.get::<Name<'_>>("P"));
        let shown = match policy.as_deref() {
            Some(b"AllOn") => off == 0,
            Some(b"AllOff") => off == members.len(),
            Some(b"AnyOff") => off > 0,
            _ => off < members.len(),
        };
        !members.is_empty() && !shown
    }
}
