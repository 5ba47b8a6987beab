using VibeDash.Core.Alerts;

namespace VibeDash.Core.Tests.Alerts;

/// <summary>Which messages of a sender call its level critical.</summary>
public sealed class SenderWordTests
{
    [Theory]
    [InlineData("Vibration level recorded exceeds the acceptable threshold. Immediate inspection required.")]
    [InlineData("Vibration level recorded exceeds the acceptable threshold.")]
    [InlineData("Immediate inspection required")]
    [InlineData("CRITICAL")]
    [InlineData("critical vibration, far above normal")]
    [InlineData("Level exceeds the normal range")]
    [InlineData("Limit exceeded: 12.5 mm/s")]
    [InlineData("High-high alarm")]
    [InlineData("ALARM!")]
    [InlineData("Bearing failure")]
    [InlineData("Danger zone D")]
    [InlineData("Emergency shutdown")]
    [InlineData("URGENT; call maintenance")]
    [InlineData("Machine tripped")]
    [InlineData("Temperature normal. Vibration critical.")]
    [InlineData("Not balanced\nvibration exceeds limit")]
    [InlineData("Warning: level exceeds the critical threshold")]
    public void These_do(string message) => SenderWord.IsSevere(message).ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("OK")]
    [InlineData("ok.")]
    [InlineData("normal")]
    [InlineData("Normal operation")]
    [InlineData("Vibration level recorded is within the acceptable threshold. No inspection required.")]
    [InlineData("No alarm")]
    [InlineData("Alarm: none")]
    [InlineData("Alarms: 0")]
    [InlineData("critical=false")]
    [InlineData("Not critical")]
    [InlineData("Level isn't critical")]
    [InlineData("Level doesn’t exceed the limit")]
    [InlineData("Does not exceed the threshold")]
    [InlineData("No immediate action, the limit is not exceeded")]
    [InlineData("No longer critical")]
    [InlineData("Alarm cleared")]
    [InlineData("Alarm status: OK")]
    [InlineData("Level below the critical threshold")]
    [InlineData("within critical limits")]
    [InlineData("Alarm test")]
    [InlineData("Level exceeds the warning threshold")]
    [InlineData("Warning: level elevated")]
    [InlineData("High vibration")]
    [InlineData("Inspection required")]
    [InlineData("uncritical")]
    [InlineData("...;;!?\n")]
    public void These_do_not(string? message) => SenderWord.IsSevere(message).ShouldBeFalse();
}
