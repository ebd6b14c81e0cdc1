//! Telling tables of data from those that only arrange a page.

use crate::elements::is_block;
use crate::error::Error;
use crate::pace::Pace;
use crate::text::short_text;
use dom_query::NodeRef;
use std::ops::ControlFlow;

/// Whether a table tabulates: it has rows of several cells, and in them no more than a
/// few lines.
pub(crate) async fn is_data_table(
    table: &NodeRef<'_>,
    pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
) -> Result<bool, Error> {
    if table.attr("role").is_some_and(|role| matches!(&*role, "presentation" | "none")) {
        return Ok(false);
    }
    let (mut rows, mut cells, mut widest, mut headed) = (0, 0, 0, false);
    for node in table.descendants_it() {
        pace.work(1).await?;
        let Some(name) = node.qual_name_ref().map(|name| name.local.clone()) else { continue };
        match &*name {
            "table" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "article" | "section" | "form" => {
                return Ok(false);
            }
            "tr" => (rows, cells) = (rows + 1, 0),
            "td" | "th" => {
                cells += 1;
                widest = widest.max(cells);
                headed |= &*name == "th";
            }
            "caption" | "tbody" | "thead" | "tfoot" => {}
            // One paragraph or list in a cell is still a cell of a table; a page in it is not.
            _ if is_block(&name) && short_text(&node, MAX_CELL).is_none() => return Ok(false),
            _ => {}
        }
    }
    Ok(widest >= 2 && (rows >= 2 || headed))
}

/// Bytes of text above which a block in a cell is running text.
const MAX_CELL: usize = 600;
