// Package loss breaks the machine under the program and counts what was acknowledged and is gone.
//
// A child process records acts as fast as it can and says each id on its output once Do has
// returned: that pipe is the ledger, kept outside. The parent kills the child (kill -9), cuts the
// power under its disk (an atomic copy of the block device, without the page cache above it) or
// fills the disk, then opens what is left and looks for every acknowledged id. Each rig has a
// positive control that must lose; a rig whose control loses nothing is blind and fails.
package loss
