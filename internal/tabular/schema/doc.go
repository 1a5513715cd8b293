// Package schema checks tables against a Table Schema (frictionlessdata.io) and the custom checks that
// French public schemas add to it (schema.data.gouv.fr: SIRET, cohesive columns, sums, comparisons, year
// intervals, nomenclature ACTES).
//
// A schema is read from its JSON descriptor as published; what this package does not know in it, a type
// or a check, is an error when it is read, so that a table is never called valid by what was not looked
// at. Every defect of a table has its row, its column and a code that other validators use too.
package schema
