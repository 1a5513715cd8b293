// Package calendar counts days the way French law and French people do.
//
// A legal day is a civil date in Europe/Paris, kept as text "YYYY-MM-DD" so that both database
// engines, forms and files agree on it and compare it bytewise. Periods are half-open. Dates that
// the archives know only roughly ("2014", the second quarter of 2014) have a type of their own, Fuzzy.
// Region knows the public holidays, from which working days and clear days ("jours francs") follow.
// Calendar writes meetings and deadlines for the reader's own agenda (RFC 5545).
package calendar
