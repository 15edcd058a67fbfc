using Microsoft.Playwright;

namespace Fovea.Tests.Running;

/// <summary>The Chromium of this machine, driven by Playwright. None is ever downloaded.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    /// <summary>Why tests are skipped where there is none.</summary>
    internal const string Missing = "no Chromium on this machine: install one, or name it by the environment variable FOVEA_CHROMIUM";

    // In a container there is no sandbox and no graphics card, and nothing is to be asked of the network.
    private static readonly string[] s_arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>The program; null where there is none.</summary>
    internal static string? Program { get; } = Find();

    /// <summary>Starts it without a window.</summary>
    internal static async Task<Chromium> Start()
    {
        var playwright = await Playwright.CreateAsync();
        return new Chromium(
            playwright,
            await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = s_arguments, Headless = true }));
    }

    /// <summary>A browser that was never anywhere, with cookies of its own.</summary>
    /// <param name="look">How large its window is, and which colours its user prefers.</param>
    internal Task<IBrowserContext> NewContext(Look look) => _browser.NewContextAsync(new()
    {
        ColorScheme = look.IsDark ? ColorScheme.Dark : ColorScheme.Light,
        ViewportSize = new() { Width = look.Width, Height = look.Height },
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("FOVEA_CHROMIUM") is { Length: > 0 } named) return File.Exists(named) ? named : null;
        string[] names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe"];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}

/// <summary>How a browser shows pages.</summary>
/// <param name="IsDark">Whether its user prefers dark colours.</param>
/// <param name="Width">Width of its window in pixels.</param>
/// <param name="Height">Height of its window in pixels.</param>
internal sealed record Look(bool IsDark = false, int Width = 1300, int Height = 900);
