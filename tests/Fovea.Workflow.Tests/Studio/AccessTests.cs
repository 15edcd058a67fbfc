using System.Net;
using System.Net.Sockets;
using Fovea.Core.Errors;
using Fovea.Studio.Serving;
using Fovea.Tests.Cli;
using Fovea.Tests.Torch;

namespace Fovea.Tests.Studio;

/// <summary>Who may ask a studio, and what may be asked for.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class AccessTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/?token=")]
    [InlineData("/?token=0123")]
    [InlineData("/login")]
    [InlineData("/studio.css")]
    [InlineData("/circuits")]
    [InlineData("/circuits?path=pretrained:fundus-64-quantum")]
    [InlineData("/files/secret.txt")]
    public async Task Get_WithoutToken_IsRefusedWithoutAHint(string path)
    {
        await using var visit = await StudioVisit.Begin(enter: false);
        var (status, text) = await visit.Get(path);
        Assert.Equal((HttpStatusCode.Forbidden, ""), (status, text));
    }

    [Fact]
    public async Task Get_WithToken_SetsACookieForThisSiteAndHidesTheToken()
    {
        await using var visit = await StudioVisit.Begin(enter: false);
        using var answer = await visit.Client.GetAsync(visit.Server.Address + "&more=1", TestContext.Current.CancellationToken);
        Assert.Equal("/?more=1", answer.Headers.Location?.OriginalString);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await visit.Get("/")).Status);
    }

    [Fact]
    public async Task Get_TokenWithTwoSlashes_LeadsToNoOtherSite()
    {
        await using var visit = await StudioVisit.Begin(enter: false);
        using var answer = await visit.Client.GetAsync(
            $"{visit.Origin}//elsewhere.example/?{visit.Server.Address.Split('?')[1]}", TestContext.Current.CancellationToken);
        Assert.StartsWith("/elsewhere.example", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("elsewhere.example")]
    [InlineData("127.0.0.1")] // without the port
    [InlineData("127.0.0.1:1")]
    public async Task Get_AnotherHost_IsRefusedInSpiteOfTheCookie(string host)
    {
        await using var visit = await StudioVisit.Begin();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = host;
        using var answer = await visit.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("/sample/stop", null, HttpStatusCode.Redirect)]
    [InlineData("/sample/stop", "null", HttpStatusCode.Redirect)]
    [InlineData("/sample/stop", "http://elsewhere.example", HttpStatusCode.Redirect)]
    [InlineData("/circuits/ansatz", null, HttpStatusCode.BadRequest)]
    [InlineData("/circuits/ansatz", "http://elsewhere.example", HttpStatusCode.BadRequest)]
    public async Task Post_AnotherOrigin_IsRefusedInSpiteOfTheCookie(string path, string? origin, HttpStatusCode otherwise)
    {
        await using var visit = await StudioVisit.Begin();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([]) };
        if (origin is not null) request.Headers.Add("Origin", origin);
        using var refused = await visit.Client.SendAsync(request, TestContext.Current.CancellationToken);
        using var taken = await visit.Post(path);
        Assert.Equal((HttpStatusCode.Forbidden, otherwise), (refused.StatusCode, taken.StatusCode));
    }

    [Theory]
    [InlineData("PUT", "/", "GET, HEAD")]
    [InlineData("DELETE", "/run?path=run", "GET, HEAD")]
    [InlineData("PATCH", "/files/run/config.toml", "GET, HEAD")]
    [InlineData("OPTIONS", "/train", "GET, HEAD, POST")]
    [InlineData("PUT", "/circuits", "GET, HEAD")]
    [InlineData("GET", "/circuits/ansatz", "POST")]
    [InlineData("POST", "/studio.css", "GET, HEAD")]
    [InlineData("GET", "/train/stop", "POST")]
    public async Task Ask_ByAMethodThatAPageDoesNotHave_IsToldWhichItHas(string method, string path, string allowed)
    {
        await using var visit = await StudioVisit.Begin();
        var run = visit.WriteRun("run", StudioVisit.Line(10, 0.5));
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Origin", visit.Origin);
        using var answer = await visit.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(allowed, string.Join(", ", answer.Content.Headers.Allow));
        Assert.True(File.Exists(Path.Combine(run, "config.toml")));
    }

    [Fact]
    public async Task Ask_ByAnotherMethodWithoutACookie_IsRefused()
    {
        await using var visit = await StudioVisit.Begin(enter: false);
        using var answer = await visit.Client.DeleteAsync("/run?path=run", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("/train", "application/json", 2)]
    [InlineData("/train/stop", "text/plain", 2)]
    [InlineData("/sample", "multipart/form-data; boundary=x", 2)]
    [InlineData("/sample", "application/x-www-form-urlencoded", 300_000)]
    [InlineData("/circuits/ansatz", "application/x-www-form-urlencoded", 300_000)]
    public async Task Post_WhatIsNoForm_IsBadInputAndNoFault(string path, string type, int length)
    {
        var faults = new List<string>();
        using var folder = new TemporaryFolder();
        await using var studio = await StudioServer.Start(new StudioOptions { Folder = folder.Path }, faults.Add);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var entered = await client.GetAsync(studio.Address, TestContext.Current.CancellationToken);
        using var content = new StringContent(new string('a', length));
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(studio.Address), path)) { Content = content };
        request.Headers.Add("Origin", new Uri(studio.Address).GetLeftPart(UriPartial.Authority));
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(faults);
    }

    [Fact]
    public async Task Files_OutsideTheFolder_AreNotThere()
    {
        using var outside = new TemporaryFolder();
        File.WriteAllText(outside.File("secret.txt"), "secret");
        await using var visit = await StudioVisit.Begin();
        File.WriteAllText(Path.Combine(visit.Folder, "open.txt"), "open");
        File.WriteAllText(Path.Combine(visit.Folder, ".hidden.txt"), "secret");
        File.CreateSymbolicLink(Path.Combine(visit.Folder, "link.txt"), outside.File("secret.txt"));
        Directory.CreateSymbolicLink(Path.Combine(visit.Folder, "out"), outside.Path);
        Directory.CreateSymbolicLink(Path.Combine(visit.Folder, "twice"), Path.Combine(visit.Folder, "out"));
        File.CreateSymbolicLink(Path.Combine(visit.Folder, "inside.txt"), Path.Combine(visit.Folder, "open.txt"));
        File.CreateSymbolicLink(Path.Combine(visit.Folder, "circle.txt"), Path.Combine(visit.Folder, "circle.txt"));
        var name = Path.GetFileName(outside.Path);
        string[] closed =
        [
            "link.txt", "out/secret.txt", "twice/secret.txt", $"../{name}/secret.txt", $"%2e%2e/{name}/secret.txt", $"..%2f{name}%2fsecret.txt",
                $"%252e%252e/{name}/secret.txt",
            $"..%5c{name}%5csecret.txt", outside.File("secret.txt"), ".hidden.txt", "circle.txt", "open.txt/", "./open.txt%00",
        ];
        foreach (var path in closed)
        {
            var (status, text) = await visit.Get("/files/" + path);
            Assert.True(status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{path}: {status}");
            Assert.DoesNotContain("secret\n", text + "\n", StringComparison.Ordinal);
        }

        foreach (var path in new[] { "run?path=../" + name, "run?path=..%2f" + name, "dataset?path=out", "circuits?path=..%2f" + name, "circuits?path=out", "circuits?path=pretrained:..%2f" + name,
            "first.png?path=out/secret.html" })
        {
            Assert.Equal(
                HttpStatusCode.NotFound, (await visit.Get(path)).Status);
        }

        Assert.Equal((HttpStatusCode.OK, "open"), await visit.Get("/files/inside.txt"));
    }

    [Fact]
    public async Task Files_AForeignPage_IsShutIn()
    {
        await using var visit = await StudioVisit.Begin();
        File.WriteAllText(Path.Combine(visit.Folder, "report.html"), "<script>fetch('/')</script>");
        using var foreign = await visit.Client.GetAsync("/files/report.html", TestContext.Current.CancellationToken);
        using var own = await visit.Client.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Contains("sandbox allow-scripts", Assert.Single(foreign.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        var policy = Assert.Single(own.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listen_NeedsThePassword()
    {
        using var folder = new TemporaryFolder();
        var options = new StudioOptions { Folder = folder.Path, Listen = "127.0.0.1" };
        Assert.Contains("needs a password", (await Assert.ThrowsAsync<InputException>(() => StudioServer.Start(options))).Message, StringComparison.Ordinal);
        // An address of the documentation's own range is no machine's.
        var elsewhere = await Assert.ThrowsAsync<InputException>(() => StudioServer.Start(options with { Password = "a long one", Listen = "203.0.113.5" }));
        Assert.Contains("Listen 203.0.113.5 cannot be used", elsewhere.Message, StringComparison.Ordinal);
        Assert.EndsWith("needed: an address of this machine", elsewhere.Message, StringComparison.Ordinal);
        await using var studio = await StudioServer.Start(options with { Password = "a long one" });
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        async Task<HttpStatusCode> Try(string password)
        {
            using var content = new FormUrlEncodedContent([KeyValuePair.Create("password", password)]);
            using var request = new HttpRequestMessage(HttpMethod.Post, studio.Address) { Content = content };
            request.Headers.Add("Origin", new Uri(studio.Address).GetLeftPart(UriPartial.Authority));
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }

        var home = new Uri(new Uri(studio.Address), "/");
        using var before = await client.GetAsync(home, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Redirect, "/login"), (before.StatusCode, before.Headers.Location?.OriginalString));
        using var part = await client.GetAsync(new Uri(home, "/studio.css"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, part.StatusCode);
        using var opened = new HttpRequestMessage(HttpMethod.Get, new Uri(home, "/run?path=run"));
        opened.Headers.Add("Accept", "text/html,application/xhtml+xml");
        using var led = await client.SendAsync(opened, TestContext.Current.CancellationToken);
        Assert.Equal("/login", led.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Forbidden, await Try("a wrong one"));
        Assert.Equal(HttpStatusCode.Redirect, await Try("a long one"));
        using var after = await client.GetAsync(home, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task Start_BadInput_IsOneLine()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "");
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var taken = await Assert.ThrowsAsync<InputException>(() => StudioServer.Start(new StudioOptions { Folder = folder.Path, Port = port }));
        Assert.Contains($"port {port}", taken.Message, StringComparison.Ordinal);
        FoveaCommand.Run("studio", folder.File("none")).AssertBadInput("no such folder");
        FoveaCommand.Run("studio", folder.File("file")).AssertBadInput("is a file");
        FoveaCommand.Run("studio", folder.Path, "--port", "70000").AssertBadInput("--port 70000", "0 to 65535");
        FoveaCommand.Run("studio", folder.Path, "--listen", "everywhere").AssertBadInput("--listen everywhere is not allowed");
        FoveaCommand.Run("studio", folder.Path, "--password-file", folder.File("file")).AssertBadInput("--password-file needs --listen");
        FoveaCommand.Run("studio", folder.Path, "--listen", "127.0.0.1", "--password-file", folder.File("file")).AssertBadInput("first line is empty");
    }
}
