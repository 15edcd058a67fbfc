namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>The statements of <c>initial</c> or <c>layer</c>.</summary>
/// <param name="Body">Its statements.</param>
/// <param name="FrameSize">How many slots its frame needs.</param>
internal sealed record Section(IReadOnlyList<Statement> Body, int FrameSize);
