namespace Fovea.Study.Definitions;

/// <summary>A study with the text that states it.</summary>
/// <param name="Text">The text of its file.</param>
/// <param name="Definition">What it says.</param>
public sealed record StudySource(string Text, StudyDefinition Definition);
