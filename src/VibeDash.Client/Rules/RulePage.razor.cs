using Microsoft.AspNetCore.Components;
using VibeDash.Client.Live;
using VibeDash.Client.Ui;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;

namespace VibeDash.Client.Rules;

/// <summary>Edits a rule, copies one, or adds a new one. Not prerendered, so that no input is lost when the browser takes over.</summary>
public sealed partial class RulePage : LiveComponent
{
    private readonly CancellationTokenSource _leaving = new();
    private (int? RuleId, string? Template, int? Copy)? _shown;
    private RuleTemplate? _template;
    private RuleDraft? _draft;
    private string? _fetchFault;
    private string? _saveFault;
    private bool _isGone;
    private bool _isOvertaken;
    private bool _sending;
    private bool _touched;
    private bool _showVersions;
    private bool _tried;
    private bool _mayChange = true;
    private FieldFault[] _refused = [];

    /// <summary>The rule to edit; null for a new one.</summary>
    [Parameter]
    public int? RuleId { get; set; }

    /// <summary>Key of the template of a new rule.</summary>
    [SupplyParameterFromQuery(Name = "template")]
    public string? Template { get; set; }

    /// <summary>The rule to copy.</summary>
    [SupplyParameterFromQuery(Name = "copy")]
    public int? Copy { get; set; }

    [Inject]
    private Me Me { get; set; } = null!;

    [Inject]
    private IRuleApi Api { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string Title => RuleId is not null ? "Edit rule" : Copy is not null ? "Copy rule" : "New rule";

    // The most frequent unit of the fleet.
    private string Unit => Fleet.View?.Sensors.CountBy(sensor => sensor.Unit).OrderByDescending(unit => unit.Value).FirstOrDefault().Key ?? "mm/s";

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || Fleet.View is null || _shown == (RuleId, Template, Copy))
            return;
        _shown = (RuleId, Template, Copy);
        await LoadAsync();
    }

    /// <summary>Loads once the fleet has come. Later changes of the fleet do not matter.</summary>
    protected override bool FleetChanged()
    {
        if (_shown is null)
        {
            _ = InvokeAsync(async () =>
            {
                await OnParametersSetAsync();
                StateHasChanged();
            });
        }

        return _draft is null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _leaving.Cancel();
        _leaving.Dispose();
        base.Dispose(disposing);
    }

    private Task ReloadAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        (_draft, _template, _isGone, _isOvertaken, _touched, _tried, _fetchFault, _saveFault) = (null, RuleTemplate.Find(Template), false, false, false, false, null, null);
        try
        {
            if ((RuleId ?? Copy) is { } id)
                Take((await Api.GetRulesAsync(_leaving.Token)).FirstOrDefault(rule => rule.Rule.Id == id)?.Rule);
            else
                _draft = AtPlaces(_template is null ? new(Unit) : new(_template.Rule, Unit));
        }
        catch (HttpRequestException e)
        {
            _fetchFault = e.Message;
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private void Take(AlertRule? rule)
    {
        _isGone = rule is null;
        _mayChange = rule is null || Copy is not null || Me.MayChange(rule, Fleet.View);
        _draft = rule is null ? null : Copy is null ? new(rule, Unit) : AtPlaces(new(rule with { Id = 0, Version = 0, Name = $"Copy of {rule.Name}" }, Unit));
    }

    // The server would refuse a rule that concerns other places, too.
    private RuleDraft AtPlaces(RuleDraft draft)
    {
        if (Me.Limit is { } limit && !Me.Holds(draft.Rule.Scope, Fleet.View))
            (draft.ScopeKind, draft.ScopeValue) = (ScopeKind.Location, limit.Places[0]);
        return draft;
    }

    // Before the first attempt to save, a missing input is not shown as a fault.
    private FormFaults ShownFaults => _tried && _draft is not null ? new([.. Faults(_draft.Rule), .. _refused]) : FormFaults.None;

    private IEnumerable<FieldFault> Faults(AlertRule rule) => RuleForm.AllFaults(_template?.Only, rule, Fleet.View?.Sensors ?? []);

    private void Touch() => (_touched, _saveFault, _refused) = (true, null, []);

    private static string? Summary(FieldFault[] faults) => faults switch
    {
        [] => null,
        [var only] => FaultText.Of(only),
        [var first, ..] => $"{FaultText.Of(first)} {faults.Length - 1} more {(faults.Length == 2 ? "fault is" : "faults are")} marked in the form.",
    };

    private async Task SaveAsync()
    {
        if (_draft is not { Rule: var rule } || _sending)
            return;
        (_tried, _isOvertaken, _refused) = (true, false, []);
        var faults = Faults(rule).ToArray();
        _saveFault = Summary(faults);
        if (_saveFault is not null)
            return;
        _sending = true;
        try
        {
            var answer = await (RuleId is { } id ? Api.ChangeRuleAsync(id, new(rule), Me.Actor) : Api.AddRuleAsync(new(rule), Me.Actor));
            if (answer.Refusal is not { } refusal)
            {
                Navigation.NavigateTo("rules");
            }
            else
            {
                _refused = [.. refusal.Faults.Select(fault => fault with { Field = fault.Field.StartsWith(RuleEdit.Prefix, StringComparison.Ordinal) ? fault.Field[RuleEdit.Prefix.Length..] : fault.Field })];
                (_saveFault, _isOvertaken) = ($"Not saved. {Summary(_refused) ?? RefusalText.Of(refusal)}", refusal.Code == RefusalCode.RuleChanged);
            }
        }
        catch (HttpRequestException e)
        {
            _saveFault = $"The server did not answer; the rule may have been saved. {e.Message}";
        }
        finally
        {
            _sending = false;
        }
    }
}
