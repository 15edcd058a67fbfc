using System.Diagnostics;

[assembly: AssemblyFixture(typeof(Fovea.Tests.Running.StudioSite))]
// One studio, which draws for one order at a time, and few cores.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]

namespace Fovea.Tests.Running;

/// <summary>A folder of phantoms, runs of a few steps and a report, a studio over it, and a browser; made once for all tests.</summary>
public sealed class StudioSite : IAsyncLifetime
{
    /// <summary>A configuration that trains in seconds.</summary>
    private const string Tiny = """
        name = "tiny"
        size = 32
        threads = 1
        [autoencoder]
        latent_channels = 2
        channels = [8, 8]
        patch = 2
        [autoencoder.training]
        steps = 6
        batch = 5
        [denoiser]
        channels = [8, 8]
        attention = [2]
        class_conditional = true
        [denoiser.training]
        steps = 6
        batch = 5
        class_dropout = 0.3
        [diffusion]
        timesteps = 50
        [quantum]
        qubits = 4
        layers = 2
        [sampling]
        sampler = "ddim"
        steps = 4
        [run]
        checkpoint_every = 3
        grid_every = 3
        log_every = 1
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-browser-").FullName;
    private readonly Lazy<Task<Chromium>> _chromium = new(Chromium.Start);
    private Process? _studio;
    private string _address = "";

    /// <summary>The folder that the studio shows.</summary>
    internal string Folder => Path.Combine(_folder, "work");

    /// <summary>The studio's address without the token, and without a slash at its end.</summary>
    internal string Origin => _address.Split("/?")[0];

    /// <summary>Makes the folder and starts the studio; nothing where there is no browser.</summary>
    public async ValueTask InitializeAsync()
    {
        if (Chromium.Program is null) return;
        Directory.CreateDirectory(Folder);
        var config = Path.Combine(_folder, "tiny.toml");
        await File.WriteAllTextAsync(config, Tiny);
        FoveaProgram.Run("phantom", "--count", "24", "--size", "32", "--out", In("phantoms"));
        FoveaProgram.Run("train", config, "--data", In("phantoms"), "--out", In("runs/first"));
        FoveaProgram.Run("train", config, "--set", "seed=2", "--set", "denoiser.mask_conditional=true", "--data", In("phantoms"), "--out", In("runs/second"));
        FoveaProgram.Run("ansatz", "compare", "sel", "ese2-recon", "--qubits", "2,4", "--layers", "1", "--out", In("ansaetze"));
        _studio = FoveaProgram.Start("studio", Folder);
        _address = await AddressOf(_studio);
    }

    /// <summary>A browser that was let in. Where there is none, the test is skipped.</summary>
    internal async Task<Visit> Enter(Look? look = null)
    {
        var visit = await Stranger(look);
        await visit.Open(_address);
        return visit;
    }

    /// <summary>A browser that was not let in.</summary>
    internal async Task<Visit> Stranger(Look? look = null)
    {
        Assert.SkipWhen(Chromium.Program is null, Chromium.Missing);
        return await Visit.Begin(await (await _chromium.Value).NewContext(look ?? new Look()), Origin);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_chromium.IsValueCreated) await (await _chromium.Value).DisposeAsync();
        if (_studio is not null)
        {
            _studio.Kill(entireProcessTree: true);
            await _studio.WaitForExitAsync();
            _studio.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private string In(string name) => Path.Combine(Folder, name);

    // The line that a user opens; what is printed later is read away, so that the studio never waits for a reader.
    private static async Task<string> AddressOf(Process studio)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object sender, DataReceivedEventArgs line)
        {
            if (line.Data?.IndexOf("http://", StringComparison.Ordinal) is { } place and >= 0) found.TrySetResult(line.Data[place..].Trim());
        }

        studio.OutputDataReceived += Look;
        studio.ErrorDataReceived += Look;
        studio.BeginOutputReadLine();
        studio.BeginErrorReadLine();
        return await found.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }
}
