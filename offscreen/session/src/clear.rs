//! What nothing uses any more, and everything, removed.

use crate::{Error, Platform, Runner};

impl<P: Platform> Runner<P> {
    /// Tells what is stored that nothing uses.
    pub(crate) fn tell_unused(&self) {
        let models = self.models.borrow();
        let unused = models.unused();
        self.report_unused(unused.count(), unused.bytes());
    }

    /// Removes that.
    ///
    /// # Errors
    /// When the storage refuses.
    pub(crate) async fn remove_unused(&self) -> Result<(), Error> {
        // What nothing used a moment ago may be wanted by now.
        self.look().await?;
        let (bytes, files, parts, strays) = {
            let models = self.models.borrow();
            let unused = models.unused();
            let files: Vec<_> = unused.files.iter().map(|file| file.sha256.clone()).collect();
            let parts: Vec<_> = unused.parts.iter().map(|part| part.address.clone()).collect();
            let strays: Vec<_> = unused.strays.iter().map(|stray| stray.name.clone()).collect();
            (unused.bytes(), files, parts, strays)
        };
        for sha256 in files {
            self.platform.remove(&sha256).await?;
        }
        for address in parts {
            self.platform.discard(&address).await?;
        }
        for name in strays {
            self.platform.remove_stray(&name).await?;
        }
        self.look().await?;
        self.report_freed(bytes);
        Ok(())
    }

    /// Removes all that is stored. What is on its way ends, and removes itself then. A job that is at
    /// work has its model in memory and is not disturbed.
    ///
    /// # Errors
    /// When the storage refuses.
    pub(crate) async fn remove_all(&self) -> Result<(), Error> {
        let ids = self.models.borrow_mut().discard_all();
        ids.iter().for_each(|id| self.unload(id));
        let freed = self.platform.clear().await;
        self.models.borrow_mut().forget_files();
        self.look().await?;
        self.report_freed(freed?);
        Ok(())
    }
}
