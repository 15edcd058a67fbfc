using Fovea.Imaging.Datasets;
using Fovea.Imaging.Retina;

namespace Fovea.Imaging.Preparation;

/// <summary>
/// Groups of images that belong together, which splits do not divide and other datasets do not share: of one person (the persons
/// of dropped copies counted), near-duplicates, and what these connect.
/// </summary>
internal sealed class ImageGroups
{
    private readonly DisjointSets _sets;

    /// <param name="count">Number of images.</param>
    /// <param name="persons">Who is known to be seen on an image; an image may stand for several persons, a person for many images.</param>
    /// <param name="nearDuplicates">Pairs of images.</param>
    public ImageGroups(int count, IEnumerable<(int Index, string Patient)> persons, IEnumerable<(int First, int Second)> nearDuplicates)
    {
        _sets = new DisjointSets(count);
        var first = new Dictionary<string, int>(NameComparer.Instance);
        foreach (var (index, patient) in persons)
        {
            if (!first.TryAdd(patient, index)) _sets.Join(first[patient], index);
        }

        foreach (var (a, b) in nearDuplicates)
        {
            if (_sets.Join(a, b)) TiedByLooks++;
        }
    }

    /// <summary>Images tied to another one by their looks and by nothing else.</summary>
    public int TiedByLooks { get; }

    /// <summary>The lowest index of an image's group.</summary>
    public int Of(int index) => _sets.Of(index);
}
