//! The contents of uploaded files: in a folder, or in an S3 bucket. Each lies under its SHA-256, so
//! the same content is kept once. What is being sent lies apart until its end is there.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use actix_web::web::Bytes;
use etalon_domain::error::ErrorCode;
use etalon_persistence::new_id;
use futures_util::{Stream, StreamExt as _, TryStreamExt as _};
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt as _};
use sha2::{Digest as _, Sha256};
use tokio::io::AsyncWriteExt as _;

use crate::error::{ApiError, ApiResult};

/// How much is held in memory before it goes to the store: the smallest part that S3 takes.
const PART: usize = 5 << 20;
/// Where contents lie until they are complete.
const UNFINISHED: &str = "uploads";

/// The contents of uploaded files.
#[derive(Clone, Debug)]
pub struct Storage {
    store: Arc<dyn ObjectStore>,
    /// Where all of it lies within the store.
    root: Path,
    /// The folder, when the store is one.
    folder: Option<PathBuf>,
}

/// A content that is complete but not kept yet.
#[derive(Debug)]
#[must_use = "it is kept or thrown away"]
pub struct Received {
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// Size in bytes.
    pub size: i64,
    place: Path,
}

impl Storage {
    /// Opens a folder, which is made when it is missing, or a bucket `s3://name/folder`.
    ///
    /// # Errors
    /// One sentence that says what is wrong.
    pub fn open(place: &str) -> Result<Self, String> {
        if let Some(bucket) = place.strip_prefix("s3://") {
            return s3(bucket);
        }
        if place.contains("://") {
            return Err(format!(
                "--files (ETALON_FILES) must be a folder or begin with s3://, not '{place}'"
            ));
        }
        let folder = PathBuf::from(place);
        let store = std::fs::create_dir_all(&folder)
            .map_err(|e| e.to_string())
            .and_then(|()| LocalFileSystem::new_with_prefix(&folder).map_err(|e| e.to_string()))
            .map_err(|e| format!("cannot keep files in the folder {place}: {e}"))?;
        Ok(Self {
            store: Arc::new(store.with_fsync(true)),
            root: Path::default(),
            folder: Some(folder),
        })
    }

    /// Takes a content of at most `limit` bytes as it comes, never the whole of it in memory.
    ///
    /// # Errors
    /// `too_large`, what the sender failed with, or that the store failed. Nothing is left then.
    pub async fn receive(
        &self,
        content: impl Stream<Item = ApiResult<Bytes>> + Unpin,
        limit: u64,
    ) -> ApiResult<Received> {
        let place = self.root.clone().join(UNFINISHED).join(new_id());
        let mut writer = BufWriter::with_capacity(Arc::clone(&self.store), place.clone(), PART)
            .with_max_concurrency(2);
        match pour(content, &mut writer, limit).await {
            Ok((sha256, size)) => Ok(Received {
                sha256,
                size,
                place,
            }),
            Err(error) => {
                // What cannot be taken away now is taken away by a clean-up.
                let _ = writer.abort().await;
                Err(error)
            }
        }
    }

    /// Keeps a complete content for good. The database was told of it before.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn keep(&self, received: Received) -> ApiResult<()> {
        let place = self.place(&received.sha256);
        self.store
            .rename(&received.place, &place)
            .await
            .map_err(failed)
    }

    /// Throws a complete content away that is not to be kept.
    pub async fn discard(&self, received: Received) {
        if let Err(error) = self.store.delete(&received.place).await {
            log::warn!("cannot remove an upload: {error}");
        }
    }

    /// A content, as it comes from the store.
    ///
    /// # Errors
    /// When the store does not have it or fails.
    pub async fn read(
        &self,
        sha256: &str,
    ) -> ApiResult<impl Stream<Item = ApiResult<Bytes>> + use<>> {
        let found = self.store.get(&self.place(sha256)).await.map_err(failed)?;
        Ok(found.into_stream().map_err(failed))
    }

    /// Removes a content; succeeds, too, when the store does not have it.
    ///
    /// # Errors
    /// One sentence that says what is wrong.
    pub async fn remove(&self, sha256: &str) -> Result<(), String> {
        match self.store.delete(&self.place(sha256)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Removes what was being sent when a server died, once it is older than `age`.
    ///
    /// # Errors
    /// One sentence that says what is wrong.
    pub async fn remove_unfinished(&self, age: Duration) -> Result<(), String> {
        let Some(before) = SystemTime::now().checked_sub(age) else {
            return Ok(());
        };
        if let Some(folder) = &self.folder {
            return remove_old_files(&folder.join(UNFINISHED), before).map_err(|e| e.to_string());
        }
        let prefix = self.root.clone().join(UNFINISHED);
        let mut found = self.store.list(Some(&prefix));
        while let Some(object) = found.try_next().await.map_err(|e| e.to_string())? {
            if SystemTime::from(object.last_modified) < before {
                let removed = self.store.delete(&object.location).await;
                removed.map_err(|e| e.to_string())?;
            }
        }
        Ok(())
    }

    fn place(&self, sha256: &str) -> Path {
        let shelf = sha256.get(..2).unwrap_or_default();
        self.root.clone().join("content").join(shelf).join(sha256)
    }
}

/// Writes a content and tells its hash and size.
async fn pour(
    mut content: impl Stream<Item = ApiResult<Bytes>> + Unpin,
    writer: &mut BufWriter,
    limit: u64,
) -> ApiResult<(String, i64)> {
    let mut hash = Sha256::new();
    let mut size = 0_u64;
    while let Some(bytes) = content.next().await {
        let bytes = bytes?;
        size += bytes.len() as u64;
        if size > limit {
            return Err(too_large(limit));
        }
        hash.update(&bytes);
        writer.put(bytes).await.map_err(failed)?;
    }
    writer.shutdown().await.map_err(|error| {
        log::error!("store of files: {error}");
        ApiError::new(ErrorCode::Internal)
    })?;
    let mut digits = String::with_capacity(64);
    for byte in hash.finalize() {
        let _ = write!(digits, "{byte:02x}");
    }
    Ok((digits, i64::try_from(size).unwrap_or(i64::MAX)))
}

/// A refusal that names the limit.
#[must_use]
pub fn too_large(limit: u64) -> ApiError {
    let detail = format!("A file may have at most {} MB.", limit >> 20);
    ApiError::with_detail(ErrorCode::TooLarge, detail)
}

fn failed(error: object_store::Error) -> ApiError {
    log::error!("store of files: {error}");
    ApiError::new(ErrorCode::Internal)
}

/// Removes the files of a folder that nobody has written to since an instant. Unfinished ones have
/// names that the store does not list.
fn remove_old_files(folder: &std::path::Path, before: SystemTime) -> std::io::Result<()> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let metadata = entry.metadata()?;
        if metadata.is_file() && metadata.modified()? < before {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(feature = "s3")]
fn s3(bucket: &str) -> Result<Storage, String> {
    let (bucket, folder) = bucket.split_once('/').unwrap_or((bucket, ""));
    let store = object_store::aws::AmazonS3Builder::from_env()
        .with_bucket_name(bucket)
        .build()
        .map_err(|e| format!("cannot keep files in the bucket {bucket}: {e}"))?;
    Ok(Storage {
        store: Arc::new(store),
        root: Path::from(folder),
        folder: None,
    })
}

#[cfg(not(feature = "s3"))]
fn s3(bucket: &str) -> Result<Storage, String> {
    Err(format!(
        "--files (ETALON_FILES) names the bucket {bucket}, but this program was built without the \
         feature `s3`"
    ))
}
