// Package demo tells the story of Valmont, a city that does not exist, through the use cases of the
// rooms and with a clock set by hand: a mission that begins in an IT directorate in 2013, moves to the
// general secretariat in 2014, and is joined by an investment committee in 2018.
//
// Every name, figure and project here is invented; the pages say so. The public shape of the story
// is that of many French town halls between 2013 and 2018.
package demo
