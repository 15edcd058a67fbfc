using Fovea.Tests.Running;

namespace Fovea.Tests.Studio;

/// <summary>Who is let in, and what cannot be reached.</summary>
/// <param name="site">The studio.</param>
public sealed class AccessTests(StudioSite site)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/?token=")]
    [InlineData("/?token=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("/run?path=runs/first")]
    public async Task Open_WithoutTheToken_IsForbidden(string path)
    {
        await using var visit = await site.Stranger();
        Assert.Equal(403, await visit.StatusOf(path));
    }

    [Fact]
    public async Task Enter_TheToken_IsGoneFromTheAddressAndLetsInAfterwards()
    {
        await using var visit = await site.Enter();
        Assert.DoesNotContain("token", visit.Page.Url, StringComparison.Ordinal);
        Assert.Equal(200, (await visit.Open("/circuits")).Status);
        Assert.Equal("", await visit.Page.EvaluateAsync<string>("() => document.cookie"));
    }

    [Theory]
    [InlineData("/files/..%2f..%2ftiny.toml")]
    [InlineData("/files/%2e%2e/tiny.toml")]
    [InlineData("/run?path=../work/runs/first")]
    [InlineData("/dataset?path=..%2fwork%2fphantoms")]
    [InlineData("/circuits?path=pretrained:..%2fwork")]
    public async Task Open_APathThatLeavesTheFolder_IsNotThere(string path)
    {
        await using var visit = await site.Enter();
        Assert.Contains((await visit.Open(path)).Status, new[] { 400, 404 });
        Assert.DoesNotContain("latent_channels", await visit.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_ItsScript_CannotAskTheStudio()
    {
        await using var visit = await site.Enter();
        await File.WriteAllTextAsync(
            Path.Combine(site.Folder, "bad.html"),
            "<title>bad</title><p>waits</p><script>fetch('/').then(a => a.text(), () => 'refused').then(t => document.querySelector('p').textContent = t)</script>",
            TestContext.Current.CancellationToken);
        await visit.Open("/files/bad.html");
        await Microsoft.Playwright.Assertions.Expect(visit.Page.Locator("p")).ToHaveTextAsync("refused");
    }
}
