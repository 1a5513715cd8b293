// Package tabular reads and writes the tables that agents keep in spreadsheets: XLSX and CSV.
//
// Reading trusts nothing. Limits hold for the file, for what it unpacks to and for every sheet, row
// and cell; a malformed file is a fault, never a panic and never a table with its end missing. Every
// defect says where it is the way a spreadsheet says it, "Délégations!C7". Bind finds the columns by
// tolerant names and reads typed cells, collecting all defects instead of stopping at the first.
//
// Writing keeps types (days are dates, amounts are numbers) and neutralises formula injection (OWASP,
// CSV Injection): a text that a spreadsheet would take for a formula stays a text.
package tabular
