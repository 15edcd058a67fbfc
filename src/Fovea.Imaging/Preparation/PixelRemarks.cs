using Fovea.Core.Errors;
using Fovea.Imaging.Decoding;

namespace Fovea.Imaging.Preparation;

/// <summary>
/// What is to be told of how pictures were read: which were damaged, each by its name, and which had samples whose range was
/// found from their values, or several pages, counted.
/// </summary>
internal sealed class PixelRemarks(bool strict)
{
    private readonly List<(string File, string Repair)> _repaired = [];
    private readonly Dictionary<string, List<string>> _remarks = new(StringComparer.Ordinal);
    private int _full;

    /// <summary>Damaged pictures of which the decoder made up a part.</summary>
    public int Repaired => _repaired.Count;

    /// <summary>Notes one picture. Throws <see cref="InputException"/> when it was damaged and that is not allowed (strict).</summary>
    public void Note(string file, LoadedImage image)
    {
        if (image.Rejection is not null) return;
        if (image.Repair is { } repair)
        {
            if (strict) throw new InputException($"{file}: damaged, a part of the picture is made up by the decoder ({repair}) (strict)");
            _repaired.Add((file, repair));
        }

        if (image.Pages > 1) Count("several pages or frames, of which the first was read", file);
        if (image.Range is { } range) Count(range, file);
        else if (image.IsDeep) _full++;
    }

    /// <summary>One line a damaged picture, one a remark, and one when pictures were read in several ranges.</summary>
    public IEnumerable<string> Warnings()
    {
        foreach (var (file, repair) in _repaired) yield return $"{file}: damaged, a part of the picture is made up by the decoder ({repair})";
        foreach (var (remark, files) in _remarks.OrderBy(remark => remark.Value[0], StringComparer.Ordinal))
            yield return $"{Pictures(files.Count)}, {(files.Count == 1 ? "" : "first ")}{files[0]}: {remark}";
        var partial = _remarks.Where(range => range.Key.Contains(SampleRange.BitsOnly, StringComparison.Ordinal)).ToArray();
        if (partial.Length + (_full > 0 ? 1 : 0) > 1)
        {
            yield return "pictures with more than 8 bits were read in different ranges "
                + $"({string.Join(", ", partial.Select(range => Pictures(range.Value.Count)))}"
                + $"{(_full > 0 ? $" and {_full} over all their bits" : "")}), picture by picture: a dark one may have come out too bright among its fellows; "
                + "save them with 8 bits to have all alike";
        }
    }

    private void Count(string remark, string file)
    {
        if (!_remarks.TryGetValue(remark, out var files)) _remarks.Add(remark, files = []);
        files.Add(file);
    }

    private static string Pictures(int count) => count == 1 ? "1 picture" : $"{count} pictures";
}
