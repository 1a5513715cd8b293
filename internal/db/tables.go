package db

import (
	"fmt"
	"regexp"
	"strings"
)

// trafficTables are the tables that Writer.Traffic may write, beside those with a traffic prefix.
var trafficTables = map[string]bool{
	"log_leaf": true, "log_tile": true, "log_checkpoint": true, "log_cosignature": true, "log_batch": true,
	"job": true, "fact": true, "fact_cursor": true, "blob": true, "mail_outbox": true, "search_doc": true,
}

var trafficPrefixes = []string{"op_", "series_", "urn_"}

// IsTraffic tells whether table may be written without an act.
func IsTraffic(table string) bool {
	if trafficTables[table] {
		return true
	}
	for _, p := range trafficPrefixes {
		if strings.HasPrefix(table, p) {
			return true
		}
	}
	return false
}

var writes = regexp.MustCompile(`(?is)\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO|ALTER\s+TABLE|DROP\s+TABLE|CREATE\s+TABLE)\s+([a-z_][a-z0-9_]*)`)

// Written lists the tables that the statement writes, as far as its text tells.
func Written(statement string) []string {
	var tables []string
	for _, m := range writes.FindAllStringSubmatch(statement, -1) {
		if t := strings.ToLower(m[1]); t != "set" { // ON CONFLICT … DO UPDATE SET
			tables = append(tables, t)
		}
	}
	return tables
}

// checkTraffic refuses a statement that writes a civic table outside an act.
func checkTraffic(statement string) error {
	for _, t := range Written(statement) {
		if !IsTraffic(t) {
			return fmt.Errorf("db: table %s is civic: it changes only through act.Do", t)
		}
	}
	return nil
}
