// Package bench measures what the city is promised: civic acts under load, and pages over a large
// city. Figures and the commands that give them are in docs/performance.md; nothing here asserts a time.
package bench
