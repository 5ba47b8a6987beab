using VibeDash.Core.Payloads;

namespace VibeDash.Core.Tests.Payloads;

public sealed class TopicDistanceTests
{
    [Theory]
    [InlineData("sensor/VB-1/vibration", "sensors/+/vibration")]
    [InlineData("Sensors/VB-1/Vibration", "sensors/+/vibration")]
    [InlineData("sensors/VB-1/vibrations", "sensors/+/vibration")]
    [InlineData("site/sensors/VB-1/vibration", "sensors/+/vibration")]
    [InlineData("sensors/VB-1", "sensors/+/vibration")]
    [InlineData("hall/7/pump/rms", "halls/{machine}/#")]
    public void A_topic_like_a_filter_names_it(string topic, string filter) => Nearest(topic, "zigbee2mqtt/+", filter).ShouldBe(filter);

    [Theory]
    [InlineData("zigbee2mqtt/bridge/state")]
    [InlineData("shellies/plug/relay/0/power")]
    [InlineData("")]
    [InlineData("sensor/VB-1/vibration/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public void A_topic_like_no_filter_names_none(string topic) => Nearest(topic, "sensors/+/vibration", "spBv1.0/+/DDATA/#").ShouldBeNull();

    [Fact]
    public void Of_several_the_one_with_fewer_changes_is_named() =>
        Nearest("plant/line1/pump/rms1", "plant/+/+/temp", "plant/+/+/rms").ShouldBe("plant/+/+/rms");

    private static string? Nearest(string topic, params string[] filters) =>
        TopicPattern.Nearest(topic, filters.Select(filter => TopicPattern.TryParse(filter, out var pattern) ? pattern : throw new ArgumentException(filter)))?.Text;
}
