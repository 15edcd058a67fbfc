using Deque.AxeCore.Playwright;
using Fovea.Tests.Running;

namespace Fovea.Tests.Studio;

/// <summary>Whether every page can be read and used by all: contrast, names, order of the keyboard, small windows.</summary>
/// <param name="site">The studio.</param>
public sealed class AccessibilityTests(StudioSite site)
{
    private static readonly string[] s_grave = ["serious", "critical"];

    [Theory]
    [MemberData(nameof(PageList.Names), MemberType = typeof(PageList))]
    public Task Page_InLight_HasNoGraveFault(string page) => Examine(page, isDark: false);

    [Theory]
    [MemberData(nameof(PageList.Names), MemberType = typeof(PageList))]
    public Task Page_InDark_HasNoGraveFault(string page) => Examine(page, isDark: true);

    [Theory]
    [MemberData(nameof(PageList.Names), MemberType = typeof(PageList))]
    public async Task Page_Of400Pixels_IsNotWiderThanTheWindow(string page)
    {
        await using var visit = await site.Enter(new Look(Width: 400));
        await visit.Open(PageList.Addresses[page]);
        await visit.Keep($"{page}-400");
        var wide = await visit.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('body *')]
              .filter(part => document.documentElement.scrollWidth > innerWidth && part.getBoundingClientRect().right > innerWidth)
              .map(part => `${part.tagName}.${part.className} to ${part.getBoundingClientRect().right}`)
            """);
        Assert.Empty(wide);
    }

    [Fact]
    public async Task Sampling_ByKeyboardAlone_ReachesEveryFieldAndDraws()
    {
        await using var visit = await site.Enter();
        await visit.Open("/sample?model=runs/first&count=1");
        await visit.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("To the content", await visit.Page.EvaluateAsync<string>("() => document.activeElement.textContent"));
        await visit.Page.Keyboard.PressAsync("Enter");
        string[] wanted = await visit.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('form.fields input, form.fields select, form.fields button')].map(part => part.name || part.textContent)");
        List<string> reached = [];
        while (reached.Count < wanted.Length)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            reached.Add(await visit.Page.EvaluateAsync<string>("() => document.activeElement.name || document.activeElement.textContent"));
            Assert.NotEqual("none", await visit.Page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle"));
        }

        Assert.Equal(wanted, reached);
        Assert.Equal("Draw", reached[^1]);
        await visit.Page.Keyboard.PressAsync("Enter");
        await Microsoft.Playwright.Assertions.Expect(visit.Page.Locator("#drawing")).ToHaveTextAsync(Wording.Done);
    }

    private async Task Examine(string page, bool isDark)
    {
        await using var visit = await site.Enter(new Look(isDark));
        await visit.Open(PageList.Addresses[page]);
        await visit.Keep($"{page}-{(isDark ? "dark" : "light")}");
        var found = await visit.Page.RunAxe();
        Assert.Empty(found.Violations.Where(fault => s_grave.Contains(fault.Impact))
            .SelectMany(fault => fault.Nodes.Select(node => $"{fault.Id} ({fault.Impact}): {node.Html}")));
    }
}
