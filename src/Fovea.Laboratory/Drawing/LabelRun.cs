namespace Fovea.Laboratory.Drawing;

/// <summary>A piece of a label, on the line or below it.</summary>
/// <param name="Text">The characters.</param>
/// <param name="IsSubscript">Whether it is an index of what stands before it.</param>
internal readonly record struct LabelRun(string Text, bool IsSubscript = false);
