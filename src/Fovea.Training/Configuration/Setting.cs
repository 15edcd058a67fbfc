using System.Globalization;
using Fovea.Torch.Runtime;

namespace Fovea.Training.Configuration;

/// <summary>What another value of a setting changes. All that compares configurations asks this, and not how a setting is called.</summary>
[Flags]
public enum Affects
{
    /// <summary>How often a run saves, logs and shows pictures.</summary>
    Records = 1,

    /// <summary>
    /// What a machine computes with: threads, precision, device. A run is resumed with the same; studies take results of all machines as equal.
    /// </summary>
    Machine = 2,

    /// <summary>What a run is called. A run of another name is another run.</summary>
    Title = 4,

    /// <summary>Everything that is drawn at random in training.</summary>
    Randomness = 8,

    /// <summary>The autoencoder's shape, or what its weights mean: stored ones do not fit another value.</summary>
    AutoencoderShape = 16,

    /// <summary>The denoiser's shape, or what its weights mean.</summary>
    DenoiserShape = 32,

    /// <summary>How the autoencoder is trained.</summary>
    AutoencoderTraining = 64,

    /// <summary>How the denoiser is trained.</summary>
    DenoiserTraining = 128,

    /// <summary>How images are drawn from the trained networks.</summary>
    Sampling = 256,

    /// <summary>Together with others: nothing in a network without quantum layers.</summary>
    OnlyWithCircuits = 512,

    /// <summary>Both networks' shapes.</summary>
    Shapes = AutoencoderShape | DenoiserShape,

    /// <summary>Both networks' trainings.</summary>
    Trainings = AutoencoderTraining | DenoiserTraining,

    /// <summary>The weights that a run ends with.</summary>
    Weights = Title | Randomness | Shapes | Trainings,
}

/// <summary>
/// One setting of a configuration: its key, what it may be, and what it affects. Declared once; reading, the documentation's page, the comparison of
/// configurations and of stored weights, and fingerprints of a study's cells all ask the declaration.
/// </summary>
internal abstract class Setting(string key, string allowed, Affects affects, string help)
{
    /// <summary>Most steps of anything: what the eight digits in checkpoints' names hold.</summary>
    public const int MostSteps = 99_999_999;

    /// <summary>Section and name, with dots.</summary>
    public string Key { get; } = key;

    /// <summary>What it may be, as the documentation's page says it.</summary>
    public string Allowed { get; } = allowed;

    /// <summary>What it affects.</summary>
    public Affects Affects { get; } = affects;

    /// <summary>One line that says what it is; the meaning on the documentation's page begins with it.</summary>
    public string Help { get; } = help;

    /// <summary>The default, as the documentation's page says it.</summary>
    public abstract string DefaultText { get; }

    /// <summary>
    /// Of a setting that came later: the value at which everything is as it was before. At that value it is named neither in what stored weights are compared
    /// by nor in fingerprints, as what was stored before says nothing about it. Null for a setting of the first version.
    /// </summary>
    public object? Before { get; init; }

    /// <summary>The value at which stored autoencoders do not name it, though fingerprints do; null for none.</summary>
    public object? UnnamedInWeights { get; init; }

    /// <summary>Whether it holds a whole text, which is compared by its digest.</summary>
    public bool IsDocument { get; init; }

    /// <summary>Whether it came later and has the value of before.</summary>
    public bool IsAsBefore(object value) => IsSame(Before, value);

    /// <summary>Whether stored autoencoders do not name it at this value.</summary>
    public bool IsUnnamedInWeights(object value) => IsSame(UnnamedInWeights, value);

    /// <summary>true or false.</summary>
    public static Setting<bool> Flag(string key, bool fallback, Affects affects, string help, bool? before = null) =>
        new(key, fallback, "true, false", affects, help, (settings, value) => settings.Flag(key, value)) { Before = before };

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>, <paramref name="but"/> one of them.</summary>
    public static Setting<int> WholeNumber(
        string key, int fallback, int low, int high, Affects affects, string help, int? but = null, int? before = null)
    {
        var allowed = but is null ? Range(low, high) : string.Join(", ", Enumerable.Range(low, high - low + 1).Where(number => number != but));
        int Read(SettingsReader settings, int value)
        {
            var number = settings.WholeNumber(key, value, low, high);
            return number == but ? throw settings.Broken(key, $"= {number} is not allowed; allowed: {allowed}") : number;
        }

        return new(key, fallback, allowed, affects, help, Read) { Before = before };
    }

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public static Setting<double> Real(string key, double fallback, double low, double high, Affects affects, string help, double? before = null) =>
        new(key, fallback, Range(low, high), affects, help, (settings, value) => settings.Real(key, value, low, high)) { Before = before };

    /// <summary>One of some names.</summary>
    public static Setting<string> Name(
        string key, string fallback, IReadOnlyCollection<string> names, Affects affects, string help, string? before = null, string? unnamed = null) =>
        new(key, fallback, string.Join(", ", names), affects, help, (settings, value) => settings.Text(key, value, names))
        {
            Before = before,
            UnnamedInWeights = unnamed,
        };

    /// <summary>The name of a device.</summary>
    public static Setting<string> Device(string key, string before, string help) =>
        new(key, ComputeDevices.Automatic, ComputeDevices.Allowed, Affects.Machine, help, (settings, value) => settings.Device(key, value)) { Before = before };

    /// <summary>A text; whoever reads it checks that it is <paramref name="allowed"/>.</summary>
    public static Setting<string> Text(string key, string fallback, string allowed, Affects affects, string help, string? before = null) =>
        new(key, fallback, allowed, affects, help, (settings, value) => settings.Text(key, value)) { Before = before };

    /// <summary>A whole text that may be missing, and then is empty.</summary>
    public static Setting<string> Document(string key, string allowed, Affects affects, string help) =>
        new(key, "", allowed, affects, help, (settings, _) => settings.OptionalText(key) ?? "") { IsDocument = true };

    /// <summary>A list of texts; whoever reads it checks that each is <paramref name="allowed"/>.</summary>
    public static Setting<IReadOnlyList<string>> Texts(string key, IReadOnlyList<string> fallback, string allowed, Affects affects, string help) =>
        new(key, fallback, allowed, affects, help, (settings, value) => settings.Texts(key, value));

    /// <summary>A list of at most <paramref name="mostItems"/> whole numbers from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public static Setting<IReadOnlyList<int>> WholeNumbers(
        string key, IReadOnlyList<int> fallback, int low, int high, int mostItems, Affects affects, string help) =>
        new(key, fallback, $"up to {mostItems} numbers, {Range(low, high)}", affects, help,
            (settings, value) => settings.WholeList(key, value, low, high, mostItems));

    /// <summary>A list of numbers above 0, up to <paramref name="high"/>; whoever reads it checks how many there are.</summary>
    public static Setting<IReadOnlyList<double>> Reals(
        string key, IReadOnlyList<double> fallback, double high, Affects affects, string help, IReadOnlyList<double>? before = null) =>
        new(key, fallback, $"numbers above 0, up to {Number(high)}", affects, help, (settings, value) => settings.Reals(key, value, 0, high))
        {
            Before = before,
        };

    private static bool IsSame(object? one, object other) => one is not null && SettingsText.Value(one) == SettingsText.Value(other);

    private static string Range(double low, double high) => high >= MostSteps ? $"{Number(low)} and above" : $"{Number(low)} to {Number(high)}";

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>A setting with values of a type.</summary>
/// <typeparam name="T">A type that <see cref="SettingsText"/> writes.</typeparam>
internal sealed class Setting<T>(string key, T fallback, string allowed, Affects affects, string help, Func<SettingsReader, T, T> read)
    : Setting(key, allowed, affects, help)
    where T : notnull
{
    /// <summary>The value where a configuration says nothing.</summary>
    public T Default { get; } = fallback;

    /// <inheritdoc/>
    public override string DefaultText => Default is string text ? text.Length > 0 ? text : "none" : SettingsText.Value(Default);

    /// <summary>Reads it.</summary>
    /// <exception cref="Core.Errors.InputException">It is not what is allowed; one line.</exception>
    public T Read(SettingsReader settings) => read(settings, Default);

    /// <summary>Reads it, with another default that depends on other settings.</summary>
    /// <exception cref="Core.Errors.InputException">It is not what is allowed; one line.</exception>
    public T Read(SettingsReader settings, T otherwise) => read(settings, otherwise);
}
