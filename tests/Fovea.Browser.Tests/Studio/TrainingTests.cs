using System.Text.RegularExpressions;
using Fovea.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Fovea.Tests.Studio;

/// <summary>A training that is started, followed and stopped from its pages.</summary>
/// <param name="site">The studio.</param>
public sealed class TrainingTests(StudioSite site)
{
    [Fact]
    public async Task Train_FromTheForm_ItsLossMovesUntilItIsStopped()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "trainings are started in a terminal there");
        await using var visit = await site.Enter();
        await visit.Open("/train");
        var page = visit.Page;
        await Fill(page, ("config", "demo"));
        await Fill(
            page, ("run", "runs/live"), ("size", "32"), ("autoencoder.training.steps", "2000"), ("denoiser.training.steps", "2000"));
        await page.Locator("details", new() { Has = page.Locator("[name='run.log_every']") }).Locator("summary").ClickAsync();
        await Fill(page, ("run.log_every", "1"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        var told = page.Locator("[data-stage=autoencoder] .steps");
        await Expect(told).ToHaveTextAsync(Wording.Step);
        // A mark that the page would lose if it were loaded again: the figures come by themselves.
        await page.EvaluateAsync("() => document.body.dataset.mark = 'here'");
        var before = Wording.Step.Match((await told.TextContentAsync())!);
        await Expect(told).Not.ToHaveTextAsync(new Regex($"loss {Regex.Escape(before.Groups["loss"].Value)},"));
        await visit.Keep("live");
        Assert.Equal("here", await page.EvaluateAsync<string>("() => document.body.dataset.mark"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Expect(page.Locator(".state")).ToHaveTextAsync("Stopped before its end.");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Go on with it" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Train_ASettingOutOfRange_IsToldAtItsFieldWhichHasTheFocus()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "trainings are started in a terminal there");
        await using var visit = await site.Enter();
        await visit.Open("/train");
        await Fill(visit.Page, ("run", "runs/never"), ("size", "32"), ("denoiser.training.steps", "-1"));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        var field = visit.Page.Locator("[name='denoiser.training.steps']");
        await Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(field).ToBeFocusedAsync();
    }

    private static async Task Fill(IPage page, params (string Name, string Value)[] fields)
    {
        foreach (var (name, value) in fields)
        {
            var field = page.Locator($"[name='{name}']");
            if (await field.EvaluateAsync<string>("field => field.tagName") == "SELECT") await field.SelectOptionAsync(value);
            else await field.FillAsync(value);
        }
    }
}
