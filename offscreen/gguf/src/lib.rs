//! GGUF reader: hostile bytes in, a checked header out.
