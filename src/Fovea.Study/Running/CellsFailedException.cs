namespace Fovea.Study.Running;

/// <summary>Some cells of a study failed; the others are done. The message names them in one line.</summary>
public sealed class CellsFailedException(string message) : Exception(message);
