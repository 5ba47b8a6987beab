using Microsoft.AspNetCore.Components;
using VibeDash.Client.Live;
using VibeDash.Client.Ui;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Rules;

/// <summary>The current rules. The server refuses a change based on an outdated version.</summary>
public sealed partial class RulesPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private IDisposable? _keeping;
    private RuleVersion[]? _rules;
    private string? _fault;
    private bool _sending;

    [Inject]
    private Me Me { get; set; } = null!;

    [Inject]
    private IRuleApi Api { get; set; } = null!;

    [Inject]
    private LiveFleet Fleet { get; set; } = null!;

    [Inject]
    private PrerenderedState Prerendered { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _keeping?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            _keeping = Prerendered.Keep("rules", () => _rules, DashboardJson.Default.RuleVersionArray);
        else if (Prerendered.TryTake("rules", DashboardJson.Default.RuleVersionArray, out var kept))
            _rules = kept;
        await LoadAsync();
    }

    private Task ReloadAsync()
    {
        _fault = null;
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            _rules = await Api.GetRulesAsync(_leaving.Token);
        }
        catch (HttpRequestException e)
        {
            _fault = $"The rules could not be fetched. {e.Message}";
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private RuleLoss? Loss(AlertRule rule) =>
        !rule.IsEnabled || Fleet.View is not { } view ? null : RuleLoss.Of(rule, _rules!.Select(current => current.Rule), view);

    private Task SwitchAsync(AlertRule rule) => ChangeAsync(by => Api.ChangeRuleAsync(rule.Id, new(rule with { IsEnabled = !rule.IsEnabled }), by));

    private Task DeleteAsync(AlertRule rule) => ChangeAsync(by => Api.DeleteRuleAsync(rule.Id, by));

    private async Task ChangeAsync(Func<Actor, Task<Answer<AlertRule>>> change)
    {
        if (_sending)
            return;
        _fault = null;
        _sending = true;
        try
        {
            _fault = (await change(Me.Actor)).Refusal is { } refusal ? $"Nothing was changed. {RefusalText.Of(refusal)}" : null;
            if (_fault is null)
                await LoadAsync();
        }
        catch (HttpRequestException e)
        {
            _fault = $"The server did not answer; the change may have been made. {e.Message}";
        }
        finally
        {
            _sending = false;
        }
    }
}
