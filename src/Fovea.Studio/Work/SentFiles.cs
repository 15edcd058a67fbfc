using System.Globalization;
using Fovea.Core.Files;

namespace Fovea.Studio.Work;

/// <summary>Files that came with an order, in a temporary folder that only this user reads; disposed, they are gone.</summary>
internal sealed class SentFiles : IDisposable
{
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private string? _folder;
    private int _kept;

    /// <summary>Where the file of a field lies, under a name as near to its own as is safe; null where none was sent.</summary>
    internal string? PathOf(string field) => _files.GetValueOrDefault(field);

    /// <summary>Keeps a file.</summary>
    /// <param name="field">The field that it was sent in.</param>
    /// <param name="name">How the sender calls it.</param>
    /// <param name="content">What is in it.</param>
    /// <param name="cancellation">Gives up.</param>
    internal async Task Keep(string field, string name, Stream content, CancellationToken cancellation)
    {
        _folder ??= Directory.CreateTempSubdirectory("fovea-studio-").FullName;
        // A folder for each, by number: what a sender calls a field is no path.
        var own = Directory.CreateDirectory(Path.Combine(_folder, (_kept++).ToString(CultureInfo.InvariantCulture)));
        var path = Path.Combine(own.FullName, SafeName.Of(name.Split('/', '\\')[^1]));
        await using (var file = File.Create(path)) await content.CopyToAsync(file, cancellation);
        _files[field] = path;
    }

    /// <summary>A message with files named as their sender does, without the folder.</summary>
    internal string NamedAsSent(string message) =>
        _files.Values.Aggregate(message, (text, path) => text.Replace(path, Path.GetFileName(path), StringComparison.Ordinal));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_folder is not null && Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}
