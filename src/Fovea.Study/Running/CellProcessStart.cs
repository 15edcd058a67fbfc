using System.Diagnostics;

namespace Fovea.Study.Running;

/// <summary>How a process that runs one cell is started.</summary>
/// <param name="cell">The cell's name.</param>
/// <param name="threads">Threads that it may use; 0 for all cores.</param>
public delegate ProcessStartInfo CellProcessStart(string cell, int threads);
