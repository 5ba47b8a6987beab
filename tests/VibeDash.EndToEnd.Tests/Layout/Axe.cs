using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Layout;

/// <summary>Findings of axe-core on a page, by the rules for WCAG 2.2 A and AA.</summary>
internal static class Axe
{
    private static readonly Lazy<string> Script = new(() =>
        File.ReadAllText(Path.Combine(Repository.Root, "tests/VibeDash.EndToEnd.Tests/Layout/axe/node_modules/axe-core/axe.min.js")));

    private const string Run =
        """
        async () => {
          // A placeholder disappears when text is entered, so it is not a name.
          axe.configure({ rules: [{ id: 'label', any: ['implicit-label', 'explicit-label', 'aria-label', 'aria-labelledby', 'non-empty-title', 'presentational-role'] }] });

          // Text in drawings is painted with its fill; of that axe knows nothing.
          for (const text of document.querySelectorAll('svg text')) text.style.color = getComputedStyle(text).fill;

          const { violations } = await axe.run(document.querySelector('dialog:modal') ?? document, {
            resultTypes: ['violations'],
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
          });
          return violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) =>
            `${id}: ${target.join(' ')}: ${[...any, ...all, ...none].map(check => check.message).join(' ')}`));
        }
        """;

    /// <summary>The findings in words, each with its rule and element; none when there are none.</summary>
    public static async Task<string[]> FindingsAsync(IPage page)
    {
        await page.EvaluateAsync(Script.Value);
        return await page.EvaluateAsync<string[]>(Run);
    }
}
