// Package pabulib reads and writes participatory budgeting elections in the Pabulib format (.pb).
//
// A .pb file is UTF-8 text in three sections, META, PROJECTS and VOTES, each opened by its name
// alone on a line and followed by a header line; fields are separated by semicolons and quoted as
// in CSV. Source: Faliszewski et al., "Participatory Budgeting: Data, Tools, and Analysis",
// IJCAI 2023 (arXiv 2305.11035), and the description of the format on pabulib.org.
//
// Reading streams: META and PROJECTS are held, votes pass one by one (Reader.Next), so memory is
// bounded by Limits whatever the input. What is read can be written back unchanged: unknown fields,
// the order of columns, the byte order mark and the line terminator are kept.
//
// Strict mode reports every defect with its line. Tolerant mode repairs what can be repaired
// without guessing at a voter's intention and says so, defect by defect; what cannot be repaired is
// an error in both modes. An error of syntax or of size stops the reading at once.
package pabulib
