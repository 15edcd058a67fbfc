using System.Net;
using System.Security.Cryptography;
using System.Text;
using Fovea.Core.Errors;
using Microsoft.AspNetCore.Http;

namespace Fovea.Studio.Serving;

/// <summary>
/// Who may ask a studio. On this machine: whoever has the token of the printed address, which becomes a cookie; from elsewhere: whoever knows the password.
/// The headers Host and Origin must be the studio's own, so that no page of another site can ask in its user's name, under any name of this machine.
/// </summary>
/// <param name="port">The port, which the cookie's name has: cookies of one host are shared by its ports.</param>
/// <param name="listen">The address that other machines reach it at; null for this machine alone.</param>
/// <param name="password">What they have to know; null for this machine alone.</param>
internal sealed class AccessGuard(int port, IPAddress? listen, string? password) : IDisposable
{
    private static readonly TimeSpan s_afterWrongPassword = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _oneTry = new(1);

    /// <summary>What lets a browser in: 32 random bytes.</summary>
    internal string Token { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private string Cookie => $"fovea-studio-{port}";

    /// <inheritdoc/>
    public void Dispose() => _oneTry.Dispose();

    /// <summary>Whether a request may be answered. Where it may not, or where this is the answer, the response is written.</summary>
    internal async Task<bool> Admit(HttpContext context)
    {
        var request = context.Request;
        if (!IsOwnHost(request.Host) || !IsOwnOrigin(request)) return Refuse(context);
        if (password is not null && request.Path == "/login") return await LogIn(context);
        if (HttpMethods.IsGet(request.Method) && password is null && request.Query["token"] is [{ } given]) return EnterWith(given, context);
        if (request.Cookies[Cookie] is { } kept && IsSame(kept, Token)) return true;
        return password is not null && IsForReading(request) && (request.Path == "/" || request.Headers.Accept.ToString().Contains("text/html"))
            ? ToLogin(context)
            : Refuse(context);
    }

    // Who opens a page; what pages load by themselves would not show a form.
    private static bool ToLogin(HttpContext context)
    {
        context.Response.Redirect("/login");
        return false;
    }

    private static bool IsForReading(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private bool EnterWith(string given, HttpContext context)
    {
        if (!IsSame(given, Token)) return Refuse(context);
        Enter(context);
        var others = context.Request.Query.Where(part => part.Key != "token")
            .SelectMany(part => part.Value.Select(value => KeyValuePair.Create(part.Key, value)));
        // One slash: two would name another host.
        context.Response.Redirect(new PathString("/" + context.Request.Path.Value!.TrimStart('/', '\\')).ToUriComponent() + QueryString.Create(others).Value);
        return false;
    }

    private async Task<bool> LogIn(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            if (!IsForReading(context.Request))
            {
                await Answers.NotAllowed(context, Answers.Reading, HttpMethods.Post);
                return false;
            }

            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(Pages.PasswordPage.Text(isWrong: false));
            return false;
        }

        if (await IsPassword(await GivenPassword(context)))
        {
            Enter(context);
            context.Response.Redirect("/");
            return false;
        }

        (context.Response.StatusCode, context.Response.ContentType) = (StatusCodes.Status403Forbidden, "text/html; charset=utf-8");
        await context.Response.WriteAsync(Pages.PasswordPage.Text(isWrong: true));
        return false;
    }

    private static async Task<string> GivenPassword(HttpContext context)
    {
        try
        {
            return (await GivenForm.Read(context))["password"].ToString();
        }
        catch (InputException)
        {
            return "";
        }
    }

    // One try a second for all: guessing takes longer than a studio lives.
    private async Task<bool> IsPassword(string given)
    {
        await _oneTry.WaitAsync();
        try
        {
            if (IsSame(given, password!)) return true;
            await Task.Delay(s_afterWrongPassword);
            return false;
        }
        finally
        {
            _oneTry.Release();
        }
    }

    private void Enter(HttpContext context) => context.Response.Cookies.Append(
        Cookie, Token, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true });

    private static bool Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return false;
    }

    private bool IsOwnHost(HostString host)
    {
        if ((host.Port ?? 80) != port) return false;
        var name = host.Host.Trim('[', ']');
        if (name is "127.0.0.1" or "localhost" or "::1") return true;
        if (listen is null) return false;
        if (!IPAddress.TryParse(name, out var address)) return string.Equals(name, Dns.GetHostName(), StringComparison.OrdinalIgnoreCase);
        return address.Equals(listen) || listen.Equals(IPAddress.Any) || listen.Equals(IPAddress.IPv6Any);
    }

    // What changes something must say where it comes from; browsers do. That is POST alone: methods that no page has are answered with those that it has.
    private static bool IsOwnOrigin(HttpRequest request) => request.Headers.Origin is [{ } origin]
        ? origin == $"http://{request.Host.Value}"
        : request.Headers.Origin.Count == 0 && !HttpMethods.IsPost(request.Method);

    // Digests have one length, whatever is given.
    private static bool IsSame(string given, string known) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(known)));
}
