using Fovea.Core.Random;
using Fovea.Judging.Grading;
using static TorchSharp.torch;

namespace Fovea.Judging.Training;

/// <summary>
/// Changes that leave a picture's quality as it is (turns, mirror images, small shifts and scales, slight colour changes), and on some good
/// pictures a planted fault that makes a reject of them, because few photographs are labelled so.
/// </summary>
internal sealed class GraderAugmentation(CounterRandom random)
{
    private const double FaultShare = 0.25;

    /// <summary>The changed batch with its grades.</summary>
    /// <param name="images">[batch, 3, side, side] in [−1, 1].</param>
    /// <param name="grades">[batch].</param>
    public (Tensor Images, QualityGrade[] Grades) Apply(Tensor images, IReadOnlyList<QualityGrade> grades)
    {
        var changes = new PictureChanges(random);
        var changed = changes.Coloured(changes.Placed(images, PictureChanges.AllTurns, out _));
        var results = grades.ToArray();
        var rows = new Tensor[results.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = changed[i];
            if (results[i] != QualityGrade.Good || random.NextDouble() >= FaultShare) continue;
            (rows[i], results[i]) = (PlantedFault.Apply(rows[i], random), QualityGrade.Reject);
        }

        return (stack(rows).mul(2).sub(1), results);
    }
}
