using System.Text.RegularExpressions;
using Fovea.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Fovea.Tests.Studio;

/// <summary>What each page is for, done as its user does it.</summary>
/// <param name="site">The studio.</param>
public sealed class PathTests(StudioSite site)
{
    [Fact]
    public async Task Home_EachThing_LeadsToItsPage()
    {
        await using var visit = await site.Enter();
        var page = visit.Page;
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("What is in the folder");
        foreach (var (name, heading) in new[] { ("runs/first", "runs/first: tiny"), ("phantoms", "phantoms") })
        {
            await page.Locator("a.card", new() { Has = page.Locator(".name", new() { HasTextString = name }) }).First.ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);
            await page.GetByRole(AriaRole.Link, new() { Name = "Home" }).ClickAsync();
        }

        Assert.True(await AreShown(page.Locator("a.card img")));
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Run_ItsFilmAndCharts_AreSeen()
    {
        await using var visit = await site.Enter();
        await visit.Open("/run?path=runs/first");
        var page = visit.Page;
        await Expect(page.Locator(".state")).ToHaveTextAsync("Finished.");
        var film = page.Locator("[data-film=samples]");
        var slider = film.GetByRole(AriaRole.Slider);
        await slider.FocusAsync();
        var last = await film.Locator("output").TextContentAsync();
        await slider.PressAsync("Home");
        await Expect(film.Locator("output")).Not.ToHaveTextAsync(last!);
        await Expect(film.Locator("img:visible")).ToHaveCountAsync(1);
        Assert.True(await AreShown(page.Locator("#charts img")));
        await page.GetByText("All settings").ClickAsync();
        await Expect(page.Locator("dl.settings")).ToContainTextAsync("latent_channels");
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Run_BesideAnother_TellsTheSettingsThatDiffer()
    {
        await using var visit = await site.Enter();
        await visit.Open("/run?path=runs/first");
        await visit.Page.GetByLabel("Compare with").SelectOptionAsync("runs/second");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        await Expect(visit.Page.Locator("#differences")).ToContainTextAsync("denoiser.mask_conditional");
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Dataset_ItsSheet_IsFilteredAndHasFieldsOfView()
    {
        await using var visit = await site.Enter();
        await visit.Open("/dataset?path=phantoms");
        var page = visit.Page;
        var tiles = page.Locator("figure.tile");
        await Expect(tiles).ToHaveCountAsync(24);
        Assert.True(await AreShown(tiles.Locator("img")));
        await page.GetByLabel("Split").SelectOptionAsync("train");
        await page.GetByLabel("Fields of view").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("split=train"));
        Assert.InRange(await tiles.CountAsync(), 1, 23);
        await Expect(tiles.Locator("svg circle").First).ToBeVisibleAsync();
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Sampling_AModel_ItsPictureAppears()
    {
        await using var visit = await site.Enter();
        await visit.Open("/sample");
        await Draw(visit.Page, "runs/first", ("Images", "2"), ("Seed", "5"));
        await Expect(visit.Page.Locator(".frame img:visible")).ToHaveCountAsync(2);
        Assert.True(await AreShown(visit.Page.Locator(".frame img")));
        await Expect(visit.Page.Locator("#drawn .line")).ToContainTextAsync("--count 2 --seed 5");
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Sampling_TwoModels_AreUncoveredByTheSlider()
    {
        await using var visit = await site.Enter();
        await visit.Open("/sample");
        await visit.Page.GetByLabel("Beside it").SelectOptionAsync("runs/second");
        await Draw(visit.Page, "runs/first", ("Images", "1"));
        var upper = visit.Page.Locator(".frame img").First;
        var slider = visit.Page.GetByRole(AriaRole.Slider);
        await slider.PressAsync("Home");
        await Expect(upper).ToHaveCSSAsync("clip-path", "inset(0px 100% 0px 0px)");
        await slider.PressAsync("End");
        await Expect(upper).ToHaveCSSAsync("clip-path", "inset(0px 0% 0px 0px)");
        Assert.Equal(2, await visit.Page.Locator("#drawn .line").CountAsync());
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Sampling_AClassThatTheRunDoesNotKnow_IsSaid()
    {
        await using var visit = await site.Enter();
        await visit.Open("/sample");
        await visit.Page.GetByLabel("Class", new() { Exact = true }).FillAsync("nonsense");
        await Draw(visit.Page, "runs/first", "trouble");
        await Expect(visit.Page.Locator("#drawing")).ToContainTextAsync("nonsense");
    }

    [Fact]
    public async Task Sampling_APhotograph_IsVariedAndTheLineSaysWhose()
    {
        await using var visit = await site.Enter();
        await visit.Open("/sample");
        var image = await visit.Page.APIRequest.GetAsync(site.Origin + "/dataset/image.png?path=phantoms&index=5");
        await visit.Page.GetByLabel("Photograph", new() { Exact = true }).SetInputFilesAsync(
            new FilePayload { Name = "eye.png", MimeType = "image/png", Buffer = await image.BodyAsync() });
        await Draw(visit.Page, "runs/first", ("Images", "2"), ("Strength", "0.5"));
        await Expect(visit.Page.Locator("#drawn")).ToContainTextAsync("Variations of eye.png");
        await Expect(visit.Page.Locator("#drawn .line")).ToContainTextAsync("--from eye.png --strength 0.5");
        await Expect(visit.Page.Locator(".frame img:visible")).ToHaveCountAsync(2);
        Assert.Empty(visit.Faults);
        await visit.Keep("variations");
    }

    [Fact]
    public async Task Sampling_AFileThatIsTooLarge_IsToldBeforeItIsSent()
    {
        await using var visit = await site.Enter();
        await visit.Open("/sample");
        var field = visit.Page.GetByLabel("Photograph", new() { Exact = true });
        // By its path: what is in it would go through three processes as text.
        var large = Path.Combine(site.Folder, "..", "large.png");
        await using (var file = File.Create(large)) file.SetLength(33 << 20);
        await field.SetInputFilesAsync(large);
        Assert.Equal("This file has 33 MiB; allowed: up to 32 MiB.", await field.EvaluateAsync<string>("field => field.validationMessage"));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Draw" }).ClickAsync();
        await Expect(field).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Circuits_AnAnsatzThatIsTyped_IsDrawnAndItsSlipIsToldAtItsLine()
    {
        await using var visit = await site.Enter();
        await visit.Open("/circuits");
        var page = visit.Page;
        var text = page.Locator("textarea");
        await text.FillAsync("");
        await text.PressSequentiallyAsync("ansatz mine\nlayer\n    for i = 0 .. n-1\n        RY i\n    end\n    CNOT 0, 1\nend\n");
        await Expect(page.Locator("form.ansatz ~ *").Filter(new() { Has = page.Locator(".drawing svg") }).First).ToBeVisibleAsync();
        await text.FillAsync("ansatz mine\nlayer\n    RY j\nend\n");
        var place = page.Locator("[data-line]").First;
        await Expect(place).ToContainTextAsync("RY j");
        await place.ClickAsync();
        Assert.Equal("    RY j", await text.EvaluateAsync<string>("text => text.value.slice(text.selectionStart, text.selectionEnd)"));
    }

    [Fact]
    public async Task Circuits_OfARun_ShowTheAnglesOfALayer()
    {
        await using var visit = await site.Enter();
        await visit.Open("/run?path=runs/first");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Circuits" }).Last.ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "denoiser.middle.block.conv2" }).First.ClickAsync();
        await Expect(visit.Page.Locator("svg.angles").First).ToBeVisibleAsync();
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Reports_OfARunAndOfAnsaetze_AreShown()
    {
        await using var visit = await site.Enter();
        await visit.Open("/run?path=runs/first");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Report" }).ClickAsync();
        await Expect(visit.Page.Locator("h1")).ToContainTextAsync("tiny");
        Assert.True(await AreShown(visit.Page.Locator("img")));
        await visit.Open("/");
        await visit.Page.Locator("a.card", new() { HasTextString = "ansaetze" }).ClickAsync();
        await Expect(visit.Page.Locator("h1")).ToBeVisibleAsync();
        Assert.Empty(visit.Faults);
    }

    private static async Task Draw(IPage page, string model, params (string Label, string Value)[] fields)
    {
        foreach (var (label, value) in fields) await page.GetByLabel(label, new() { Exact = true }).FillAsync(value);
        await Draw(page, model, "done in");
    }

    private static async Task Draw(IPage page, string model, string awaited)
    {
        await page.GetByLabel("Model", new() { Exact = true }).SelectOptionAsync(model);
        await page.GetByRole(AriaRole.Button, new() { Name = "Draw" }).ClickAsync();
        var state = page.Locator("#drawing");
        if (awaited == "trouble") await Expect(state).ToHaveClassAsync(new Regex("trouble"));
        else await Expect(state).ToHaveTextAsync(Wording.Done);
    }

    // Whether pictures were loaded and have pixels; those further down load when they come into view.
    private static async Task<bool> AreShown(ILocator pictures)
    {
        await Expect(pictures.First).ToBeAttachedAsync();
        return await pictures.EvaluateAllAsync<bool>(
            "all => Promise.all(all.map(one => { one.loading = 'eager'; return one.decode().then(() => one.naturalWidth > 0, () => false); })).then(r => r.every(x => x))");
    }
}
