package identity

// Establishment is what the powers offer to the import of a directory.
type Establishment struct{}
