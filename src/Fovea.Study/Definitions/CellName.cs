using System.Globalization;

namespace Fovea.Study.Definitions;

/// <summary>The name of a cell, also that of its files.</summary>
internal static class CellName
{
    public static string Of(StudyArm arm, TrainingSize size, int seed) => string.Create(CultureInfo.InvariantCulture, $"{arm.Name}-{size.Name}-seed{seed}");
}
