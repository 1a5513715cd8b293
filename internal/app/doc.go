// Package app is the only wiring of Parvis: it reads the configuration, opens the folder of a city,
// makes every room with what it needs, and runs the program until it is told to stop. The whole
// program starts inside a test.
package app
