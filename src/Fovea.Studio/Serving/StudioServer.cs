using System.Net;
using System.Net.Sockets;
using Fovea.Core.Errors;
using Fovea.Studio.Folders;
using Fovea.Studio.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Fovea.Studio.Serving;

/// <summary>
/// Pages over a folder of datasets, runs, studies and reports, served on this machine. It has no state but the folder's files, and images that are drawn
/// for the one who asked: ended at any time it loses nothing, and several may show one folder.
/// </summary>
public sealed class StudioServer : IAsyncDisposable
{
    private const long MostRequestBytes = 256 << 10;
    private readonly WebApplication _app;
    private readonly SamplingDesk _desk;

    private readonly AccessGuard _guard;
    private readonly CircuitBench _bench;

    private StudioServer(WebApplication app, SamplingDesk desk, CircuitBench bench, AccessGuard guard, string address) =>
        (_app, _desk, _bench, _guard, Address) = (app, desk, bench, guard, address);

    /// <summary>What to open in a browser.</summary>
    public string Address { get; }

    /// <summary>Begins to serve.</summary>
    /// <param name="options">What, and for whom.</param>
    /// <param name="fault">Told of faults of the program, with their trace.</param>
    /// <exception cref="InputException">The folder is none, the port is taken, or other machines are to be served without a password.</exception>
    public static async Task<StudioServer> Start(StudioOptions options, Action<string>? fault = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var root = StudioRoot.Open(options.Folder);
        var (listen, password) = (options.ListenAddress(), options.Password);
        if (listen is not null && string.IsNullOrEmpty(password))
        {
            throw new InputException(
                $"{new NamedInput("Listen")} {options.Listen} needs a password: {new NamedInput("PasswordFile")} FILE, "
                    + $"or the environment variable {StudioOptions.PasswordVariable}");
        }

        var port = options.Port == 0 ? FreePort(listen ?? IPAddress.Loopback, options.Listen) : options.Port;
        var guard = new AccessGuard(port, listen, listen is null ? null : password);
        var (desk, bench) = (new SamplingDesk(), new CircuitBench(options.Patience));
        var app = Build(listen ?? IPAddress.Loopback, port);
        var routes = new Routes(root, desk, new TrainingDesk(root, options.Program), bench, fault, app.Lifetime.ApplicationStopping);
        app.Run(async context =>
        {
            SecurityHeaders.Add(context.Response);
            if (await guard.Admit(context)) await routes.Answer(context);
        });
        try
        {
            await app.StartAsync();
        }
        catch (SocketException e)
        {
            await app.DisposeAsync();
            throw NotOfThisMachine(options.Listen, e);
        }
        catch (IOException e)
        {
            await app.DisposeAsync();
            throw new InputException(
                $"port {port} of {listen ?? IPAddress.Loopback} cannot be used ({e.Message.ReplaceLineEndings(" ")}); "
                    + $"choose another {new NamedInput("Port")}, or leave it out for a free one",
                e);
        }

        var address = listen is null ? $"http://127.0.0.1:{port}/?token={guard.Token}" : $"http://{HostOf(listen)}:{port}/login";
        return new StudioServer(app, desk, bench, guard, address);
    }

    /// <summary>Serves until it is cancelled.</summary>
    public Task Run(CancellationToken cancellation) => _app.WaitForShutdownAsync(cancellation);

    /// <summary>Ends it. What is being drawn is given up; trainings go on.</summary>
    public async ValueTask DisposeAsync()
    {
        _desk.Dispose();
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
        _bench.Dispose();
        _guard.Dispose();
    }

    private static WebApplication Build(IPAddress address, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostRequestBytes;
            kestrel.Listen(address, port);
        });
        return builder.Build();
    }

    // The guard has to know it before the server has it; who is quicker makes it fail in one line.
    private static int FreePort(IPAddress address, string? listen)
    {
        try
        {
            using var probe = new TcpListener(address, 0);
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        catch (SocketException e)
        {
            throw NotOfThisMachine(listen, e);
        }
    }

    private static InputException NotOfThisMachine(string? listen, SocketException cause) =>
        new(
            $"{new NamedInput("Listen")} {listen ?? "127.0.0.1"} cannot be used ({cause.Message.ReplaceLineEndings(" ")}); needed: an address of this machine",
            cause);

    private static string HostOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
}

/// <summary>What a studio serves, and for whom.</summary>
public sealed record StudioOptions
{
    /// <summary>The environment variable that may hold the password.</summary>
    public const string PasswordVariable = "FOVEA_STUDIO_PASSWORD";

    /// <summary>The folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The port; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>An address of this machine that others reach it at; null for this machine alone.</summary>
    public string? Listen { get; init; }

    /// <summary>What others have to know; needed with <see cref="Listen"/>.</summary>
    public string? Password { get; init; }

    /// <summary>How this program is called with arguments, to start trainings; empty for pages that start none.</summary>
    public IReadOnlyList<string> Program { get; init; } = [];

    /// <summary>How long a look at a circuit may take; null for five seconds.</summary>
    public TimeSpan? Patience { get; init; }

    internal IPAddress? ListenAddress() => Listen is null ? null
        : IPAddress.TryParse(Listen, out var address) ? address
        : throw InputException.NotAllowed(nameof(Listen), Listen, "an address of this machine, as 192.168.1.20, or 0.0.0.0 for all of them");
}

/// <summary>What a browser may do with what a studio answers.</summary>
internal static class SecurityHeaders
{
    /// <summary>Pages of the studio: its own style, script and pictures, and nothing else.</summary>
    private const string Own =
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'";

    /// <summary>Pages out of the folder: what stands in them, without the studio's cookie and without a way to ask it.</summary>
    private const string Foreign =
        "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'; sandbox allow-scripts";

    internal static void Add(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = Own;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers.CacheControl = "no-store";
    }

    internal static void MarkForeign(HttpResponse response) => response.Headers.ContentSecurityPolicy = Foreign;
}
