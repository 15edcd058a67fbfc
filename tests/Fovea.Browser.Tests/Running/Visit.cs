using Microsoft.Playwright;

namespace Fovea.Tests.Running;

/// <summary>A tab of a browser, and what it complained about.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private static readonly string? s_screenshots = Environment.GetEnvironmentVariable("FOVEA_SCREENSHOTS");
    private readonly IBrowserContext _context;
    private readonly string _origin;
    private readonly List<string> _faults = [];

    private Visit(IBrowserContext context, IPage page, string origin)
    {
        (_context, Page, _origin) = (context, page, origin);
        // Far above what any of it takes, so that a hang fails instead of blocking; these tests run on busy machines.
        context.SetDefaultTimeout(120_000);
        Assertions.SetDefaultExpectTimeout(120_000);
        page.PageError += (_, fault) => _faults.Add(fault);
        page.Console += (_, message) =>
        {
            // Browsers ask for the icon of a page that names none; reports, which are shut in, may not have it.
            if (message.Type == "error" && !message.Location.Contains("/favicon.ico", StringComparison.Ordinal))
                _faults.Add($"{message.Text} ({message.Location})");
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(origin, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                _faults.Add($"asked elsewhere: {request.Url}");
        };
    }

    /// <summary>The page.</summary>
    internal IPage Page { get; }

    /// <summary>What the browser complained about: faults of scripts, what the security policy forbade, answers that were errors, requests to others.</summary>
    internal IReadOnlyList<string> Faults => _faults;

    internal static async Task<Visit> Begin(IBrowserContext context, string origin) => new(context, await context.NewPageAsync(), origin);

    /// <summary>Opens a page of the studio, by its path or whole address.</summary>
    internal async Task<IResponse> Open(string address) =>
        (await Page.GotoAsync(address.StartsWith('/') ? _origin + address : address, new() { WaitUntil = WaitUntilState.Load }))!;

    /// <summary>How the studio answers an address that has no page: a browser takes an error without words for a failure of its own.</summary>
    internal async Task<int> StatusOf(string path)
    {
        var answer = Page.WaitForResponseAsync(_origin + path);
        var opening = Page.GotoAsync(_origin + path);
        var status = (await answer).Status;
        await Assert.ThrowsAsync<PlaywrightException>(() => opening);
        return status;
    }

    /// <summary>Keeps a picture of the whole page, where the environment variable FOVEA_SCREENSHOTS names a folder.</summary>
    internal async Task Keep(string name)
    {
        if (s_screenshots is null) return;
        await Page.ScreenshotAsync(new() { Path = Path.Combine(s_screenshots, name + ".png"), FullPage = true });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
