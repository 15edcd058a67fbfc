using System.Net;
using Fovea.Studio.Serving;
using Fovea.Tests.Torch;
using Fovea.Training.Configuration;

namespace Fovea.Tests.Studio;

/// <summary>A studio over a folder of its own, and a browser that was let in; both end with it.</summary>
internal sealed class StudioVisit : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly bool _ownsFolder;

    private StudioVisit(TemporaryFolder folder, bool ownsFolder, StudioServer server)
    {
        (_folder, _ownsFolder, Server) = (folder, ownsFolder, server);
        Address = new Uri(server.Address.Split('?')[0].Replace("/login", "/", StringComparison.Ordinal));
        Client = NewClient();
    }

    internal StudioServer Server { get; }

    internal Uri Address { get; }

    internal string Origin => Address.GetLeftPart(UriPartial.Authority);

    internal string Folder => _folder.Path;

    internal HttpClient Client { get; }

    /// <summary>Starts one, and lets the browser in unless it is told not to.</summary>
    internal static async Task<StudioVisit> Begin(TemporaryFolder? folder = null, IReadOnlyList<string>? program = null, bool enter = true)
    {
        var own = folder ?? new TemporaryFolder();
        // Tests run beside each other, on machines that others use.
        var options = new StudioOptions { Folder = own.Path, Program = program ?? [], Patience = TimeSpan.FromMinutes(1) };
        var visit = new StudioVisit(own, folder is null, await StudioServer.Start(options));
        if (enter)
        {
            Assert.Equal(
                HttpStatusCode.Redirect, (await visit.Client.GetAsync(visit.Server.Address, TestContext.Current.CancellationToken)).StatusCode);
        }

        return visit;
    }

    /// <summary>A browser that was never here. It follows no redirection, and keeps cookies.</summary>
    internal HttpClient NewClient() =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };

    internal async Task<(HttpStatusCode Status, string Text)> Get(string path)
    {
        using var answer = await Client.GetAsync(new Uri(Address, path), TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    internal async Task<HttpResponseMessage> Post(string path, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add("Origin", Origin);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>A run as a training has it at its beginning, with these lines in its log.</summary>
    internal string WriteRun(string name, params string[] lines)
    {
        var run = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.Combine(run, "samples"));
        File.WriteAllText(Path.Combine(run, "config.toml"), ShippedConfigs.Read("demo", []).ToToml());
        File.WriteAllText(Path.Combine(run, "metrics.jsonl"), string.Concat(lines.Select(line => line + "\n")));
        return run;
    }

    internal static string Line(int step, double loss) =>
        FormattableString.Invariant($$"""{"stage":"denoiser","step":{{step}},"loss":{{loss}},"learning_rate":0.001,"gradient_norm":0.5,"steps_per_second":2,"seconds":{{step}}}""");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        if (_ownsFolder) _folder.Dispose();
    }
}
