//! Tabs: the label of each stands over what it opens.

use crate::text::{fold, short_text};
use dom_query::NodeRef;
use std::collections::HashMap;

/// Bytes of a tab's label at most.
const LABEL: usize = 80;

/// Nodes of a list of tabs that are looked at.
const NODES: usize = 400;

/// The labels of a page's tabs, by the identifier of the tab or of its panel.
#[derive(Default)]
pub(crate) struct Tabs {
    labels: HashMap<String, String>,
}

impl Tabs {
    /// Reads the labels in a list of tabs.
    pub(crate) fn read(&mut self, list: &NodeRef<'_>) {
        for tab in list.descendants_it().take(NODES).filter(is_tab) {
            let label = fold(&short_text(&tab, LABEL).unwrap_or_default());
            for name in [tab.attr("id"), tab.attr("aria-controls")].into_iter().flatten() {
                self.labels.entry(name.to_string()).or_insert_with(|| label.clone());
            }
        }
    }

    /// Puts a panel's label in front of what is in it.
    pub(crate) fn label(&mut self, panel: &NodeRef<'_>) {
        let names = [panel.attr("aria-labelledby"), panel.attr("id")];
        let label = names.into_iter().flatten().find_map(|name| self.labels.remove(&*name));
        if let Some(label) = label.filter(|label| !label.is_empty()) {
            let heading = panel.tree.new_element("h3");
            heading.append_child(&panel.tree.new_text(label));
            panel.prepend_child(&heading);
        }
    }
}

fn is_tab(node: &NodeRef<'_>) -> bool {
    node.attr("role").is_some_and(|role| &*role == "tab")
}
