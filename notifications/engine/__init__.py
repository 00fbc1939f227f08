"""The engine: lease a chunk, read it, compile, send, settle. The I/O stands between short transactions."""
