package app

import "parvis/internal/act"

// copies are what an effacement takes along: a room that keeps the words of people in its rows adds its function,
// before the workspace, which comes last.
func (a *App) copies() []act.Copies {
	return []act.Copies{a.Portfolio.EffaceCopies, a.Strategy.EffaceCopies, a.Council.EffaceCopies, a.Passation.EffaceCopies, a.Measures.EffaceCopies, a.Participation.EffaceCopies, a.Workspace.EffaceCopies}
}
